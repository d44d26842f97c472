import { describe, expect, it } from 'vitest';
import { readImports } from '../../../../renderer/change/read-imports.ts';

const file = (text: string, size = text.length) => ({ name: 'file.xml', size, text });

describe('readImports', () => {
  it.each([
    ['a filter', "<filter name='a'/>", 'filter'],
    ['a network', '<network><name>a</name></network>', 'network'],
    ['what virsh writes', "<?xml version='1.0'?>\n<!-- WARNING: <domain> -->\n<network/>", 'network'],
    ['a text with a byte order mark', '\uFEFF<filter/>', 'filter'],
    ['a binding', '<filterbinding/>', 'left'],
    ['a guest', '<domain/>', 'left'],
    ['no XML', 'hello', 'left'],
    ['nothing', '', 'left'],
  ])('tells what it is: %s', (_, text, kind) => {
    expect(readImports([file(text)])[0]?.kind).toBe(kind);
  });

  it('defines networks without starting them', () => {
    expect(readImports([file('<network/>')])).toMatchObject([
      { action: { action: 'define-network', start: false, file: 'file.xml' } },
    ]);
  });

  it('leaves a text that is longer than a call takes', () => {
    expect(readImports([file('', 262_145)])).toMatchObject([{ kind: 'left', because: 'tooLarge' }]);
  });

  it('takes 64 definitions, and says of the next ones that they are left', () => {
    const read = readImports(Array.from({ length: 65 }, () => file('<filter/>')));
    expect(read.filter(({ kind }) => kind === 'filter')).toHaveLength(64);
    expect(read.at(-1)).toMatchObject({ kind: 'left', because: 'tooMany' });
  });
});
