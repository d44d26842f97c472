import { describe, expect, it } from 'vitest';
import { commandLines, targetOf, toolsOf } from '../../../build/bootstrap/targets.mjs';

describe('targetOf', () => {
  it.each([undefined, '', 'constructor', 'tests'])('refuses %j and names the targets', (name) => {
    expect(() => targetOf(name)).toThrow(/usage: .*lab\|test\|bench/);
  });
});

describe('toolsOf', () => {
  it("leaves out what would put a service of its own on the user's machine", () => {
    expect(toolsOf(targetOf('test'), { startsServices: true })).not.toContain('firewalld');
    expect(toolsOf(targetOf('test'), { startsServices: false })).toContain('firewalld');
  });
});

describe('commandLines', () => {
  it.each([
    ['passes the arguments to the last command alone', ['--shell', 'g1'], true, ['--shell', 'g1']],
    ['opens the app where a person has said nothing else', [], true, ['--app']],
    ['does what it did where nobody sits before it', [], false, []],
  ])('%s', (_, args, isTerminal, passed) => {
    expect(commandLines(targetOf('lab'), args, { isTerminal })).toEqual([
      ['build/bundle.ts', '--if-stale'],
      ['build/dist/cli.mjs', 'lab', ...passed],
    ]);
  });
});
