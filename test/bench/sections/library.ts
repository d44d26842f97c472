import { fileURLToPath } from 'node:url';
import { runTool } from '../../kernel/rig/run-tool.ts';
import { median } from '../median.ts';
import type { Section } from '../section.ts';

const processes = 5;
const child = fileURLToPath(new URL('../compile-library.ts', import.meta.url));

export const library: Section = {
  name: 'library',
  title: 'The stock library: parse, resolve and compile',
  async run() {
    const runs = Array.from({ length: processes }, () => JSON.parse(runTool(process.execPath, [child])) as number[]);
    const cold = median(runs.map(([first]) => first as number));
    const warm = median(runs.flatMap((times) => times.slice(-5)));
    return [
      {
        what: `the first time in a process, ${processes} processes`,
        unit: 'ms',
        value: cold,
        bound: { kind: 'at-most', value: 50 },
      },
      { what: 'once the process is warm', unit: 'ms', value: warm, bound: { kind: 'at-most', value: 50 } },
    ];
  },
};
