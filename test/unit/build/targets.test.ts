import { describe, expect, it } from 'vitest';
import { commandLines, targetOf } from '../../../build/bootstrap/targets.mjs';

describe('targetOf', () => {
  it.each([undefined, '', 'constructor', 'tests'])('refuses %j and names the targets', (name) => {
    expect(() => targetOf(name)).toThrow(/usage: .*lab\|test\|bench/);
  });
});

describe('commandLines', () => {
  it('passes the arguments to the last command alone', () => {
    expect(commandLines(targetOf('lab'), ['--shell', 'g1'])).toEqual([
      ['build/bundle.ts', '--if-stale'],
      ['build/dist/cli.mjs', 'lab', '--shell', 'g1'],
    ]);
  });
});
