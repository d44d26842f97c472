import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { verbOptions } from '../../../main/cli/verb-options.ts';
import { loadVerbs } from '../../../main/cli/verbs.ts';

const file = (path: string): string => fileURLToPath(new URL(`../../../build/${path}`, import.meta.url));
const manual = readFileSync(file('man/guestward.1'), 'utf8').replaceAll('\\-', '-');
const completions = readFileSync(file('completions/guestward.bash'), 'utf8');

/** Accepted for virsh's sake, and of no use to anybody who reads the manual. */
const untold = ['validate'];

const verbs = Object.values(await loadVerbs(() => true)).flat();

describe('a verb', () => {
  it.each(verbs)('is loaded by its name: $name', async (verb) => {
    expect(Object.values(await loadVerbs((name) => name === verb.name)).flat()).toEqual([verb]);
  });
});

describe('the manual', () => {
  it.each(verbs)('tells of $name and its options', (verb) => {
    expect(manual).toContain(verb.name);
    const missing = verbOptions(verb).filter(({ name }) => !untold.includes(name) && !manual.includes(`--${name}`));
    expect(missing).toEqual([]);
  });
});

describe('the completions', () => {
  it.each(verbs)('know $name', ({ name }) => {
    expect(completions).toMatch(new RegExp(`\\s${name}\\s`));
  });

  it('run nothing that a name says', () => {
    const script = `
      source ${file('completions/guestward.bash')}
      guestward() { printf ' %s\\n' 'web' '$(echo>&2 ran)' '\`echo>&2 ran\`'; }
      COMP_WORDS=(guestward nwfilter-undefine ''); COMP_CWORD=2
      _guestward_names() { guestward | awk '{ print $1 }' | _guestward_plain; }
      _guestward; echo "\${COMPREPLY[*]}"`;
    const { stdout, stderr } = spawnSync('/bin/bash', ['--norc', '-c', script], { encoding: 'utf8', shell: false });
    expect([stdout, stderr]).toEqual(['web\n', '']);
  });
});
