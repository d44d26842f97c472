// How fast Guestward is, beside the open bridge and libvirt: `npm run bench -- [SECTION]... [--json] [--strict] [--peer-50]`.
import { parseArgs } from 'node:util';
import { requirePrivateNetwork } from '../kernel/rig/network-namespace.ts';
import { formatTable, type RowGroup } from './format-table.ts';
import { machineLines, readMachineFacts } from './machine-facts.ts';
import { bundleProduct } from './product.ts';
import { keepsBound, limitOf } from './row.ts';
import type { Section } from './section.ts';
import { appSection } from './sections/app.ts';
import { footprint } from './sections/footprint.ts';
import { frames } from './sections/frames.ts';
import { library } from './sections/library.ts';
import { manyNics } from './sections/many-nics.ts';
import { networksSection } from './sections/networks.ts';
import { oneNic } from './sections/one-nic.ts';

const sections: readonly Section[] = [oneNic, manyNics, footprint, frames, library, networksSection, appSection];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
    'peer-50': { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  const unknown = positionals.find((wanted) => sections.every(({ name }) => name !== wanted));
  if (unknown !== undefined) {
    console.error(`There is no section ${unknown}; there are ${sections.map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  requirePrivateNetwork();
  const wanted = sections.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const machine = readMachineFacts();
  const groups: RowGroup[] = [];
  const product = await bundleProduct();
  // Also after Ctrl-C; helpers end when their input does, namespaces with this process.
  process.once('exit', product.remove);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  for (const { name, title, run } of wanted) {
    console.error(`measuring ${name} ...`);
    groups.push({ title, rows: await run(product, { peer50: options['peer-50'] }) });
  }
  const missed = groups.flatMap(({ rows }) => rows).filter((row) => !keepsBound(row)).length;
  if (options.json) console.log(jsonText({ machine, groups }));
  else
    console.log(
      `\n${machineLines(machine)}\n\n${formatTable(groups)}\n${missed === 0 ? 'Every bound is kept.' : `Bounds missed: ${missed}.`}`,
    );
  return options.strict && missed > 0 ? 1 : 0;
}

function jsonText({ machine, groups }: { readonly machine: object; readonly groups: readonly RowGroup[] }): string {
  const judged = groups.map(({ title, rows }) => ({
    title,
    rows: rows.map((row) => ({ ...row, limit: limitOf(row), kept: keepsBound(row) })),
  }));
  return JSON.stringify({ machine, sections: judged }, undefined, 2);
}

process.exitCode = await main();
