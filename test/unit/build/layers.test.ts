import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { forbidden, options } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs'));

/** An import, and the rules that it breaks. */
const imports: readonly (readonly [file: string, imported: string, rules: readonly string[]])[] = [
  ['main/compiler/a.ts', 'node:fs', ['main/compiler: no Node']],
  ['main/compiler/b.ts', 'fs', ['main/compiler: no Node']],
  ['main/compiler/c.ts', 'saxes', ['main/compiler: packages']],
  ['main/compiler/xml/d.ts', 'saxes', []],
  ['main/compiler/xml/e.ts', '../../engine/target.ts', ['main/compiler/xml: rooms']],
  ['main/compiler/f.ts', '../../shared/plan/target.ts', []],
  ['main/networks/g.ts', 'node:net', ['main/networks: no Node']],
  ['main/networks/h.ts', '../compiler/target.ts', []],
  ['main/helper/i.ts', 'node:child_process', []],
  ['main/helper/j.ts', 'zod', []],
  ['main/helper/k.ts', 'saxes', ['main/helper: packages']],
  ['main/helper/l.ts', '../compiler/target.ts', ['main/helper: rooms']],
  ['main/helper/m.ts', '../../shared/net/target.ts', ['main/helper: rooms']],
  ['main/helper/n.ts', '../../shared/plan/target.ts', []],
  ['shared/plan/o.ts', '../nwfilter/target.ts', ['shared/plan: rooms']],
  ['shared/plan/o2.ts', '../net/target.ts', []],
  ['shared/net/p.ts', 'zod', ['shared/net: packages']],
  ['shared/net/p2.ts', '../nwfilter/target.ts', ['shared/net: rooms']],
  ['shared/nwfilter/p3.ts', 'zod', []],
  ['shared/nwfilter/q.ts', 'saxes', ['shared: packages']],
  ['shared/nwfilter/r.ts', '../../main/compiler/target.ts', ['shared: rooms']],
  ['shared/nwfilter/s.ts', 'node:net', ['shared: no Node']],
  ['main/engine/t.ts', '../helper/target.ts', ['main/engine: rooms']],
  ['main/engine/u.ts', '../machine/target.ts', []],
  ['main/cli/v.ts', '../compiler/target.ts', ['main/cli: rooms']],
  ['main/cli/w.ts', '../engine/target.ts', []],
  ['main/lab/x.ts', '../../test/target.ts', ['main/lab: rooms']],
  ['main/lab/y.ts', 'vitest', ['main/lab: packages', 'no development packages in the product']],
  ['main/engine/z.ts', './nowhere.ts', ['resolvable']],
  ['main/elsewhere/a.ts', '../engine/target.ts', ['room in the table']],
  ['test/b.ts', '../main/helper/target.ts', []],
];

describe('the layer check', () => {
  let folder: string;
  let broken: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guestward-layers-'));
    copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
    for (const name of ['zod', 'saxes', 'vitest']) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      write(`node_modules/${name}/index.js`, '');
    }
    for (const [file, imported] of imports) {
      write(file, `import '${imported}';\n`);
      if (imported.endsWith('/target.ts')) write(join(dirname(file), imported), 'export const target = 1;\n');
    }
    broken = await brokenRules();
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  async function brokenRules(): Promise<ReadonlyMap<string, readonly string[]>> {
    const { tsConfig: _, ...cruiseOptions } = options;
    const { output } = await cruise(['main', 'shared', 'test'], {
      ...cruiseOptions,
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden },
    });
    const { violations } = (output as ICruiseResult).summary;
    return new Map(
      imports.map(([file]) => [file, violations.filter(({ from }) => from === file).map(({ rule }) => rule.name)]),
    );
  }

  it.each(imports)('on %s importing %s: %j', (file, _, rules) => {
    expect(broken.get(file)).toEqual(rules);
  });
});
