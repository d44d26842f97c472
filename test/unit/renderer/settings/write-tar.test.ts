import { expect, it } from 'vitest';
import { writeTar } from '../../../../renderer/features/settings/write-tar.ts';

const block = 512;
const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  new TextDecoder().decode(bytes.slice(at, at + length)).replace(/\0.*$/s, '');

/** Names and contents, as a reader of tar would find them; each checksum is added up anew. */
function readTar(bytes: Uint8Array): readonly (readonly [string, string])[] {
  const files: (readonly [string, string])[] = [];
  for (let at = 0; textAt(bytes, at, 100) !== ''; ) {
    const header = bytes.slice(at, at + block);
    const sum = Number.parseInt(textAt(header, 148, 8), 8);
    expect(textAt(header, 257, 6)).toBe('ustar');
    expect(header.fill(32, 148, 156).reduce((total, each) => total + each, 0)).toBe(sum);
    const size = Number.parseInt(textAt(bytes, at + 124, 12), 8);
    files.push([textAt(bytes, at, 100), textAt(bytes, at + block, size)]);
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}

it('writes files that a reader of tar finds again', () => {
  const long = 'x'.repeat(600);
  const archive = writeTar(
    [
      { path: 'networks/home.xml', text: '<network/>' },
      { path: 'filters/für.xml', text: long },
    ],
    1_700_000_000,
  );
  expect(readTar(archive)).toEqual([
    ['networks/home.xml', '<network/>'],
    ['filters/f_r.xml', long],
  ]);
  expect(archive.length % block).toBe(0);
});

it.each([
  ['a name that leads elsewhere', ['filters/../x.xml'], ['filters/_._x.xml']],
  ['names that become the same', ['filters/a b.xml', 'filters/a_b.xml'], ['filters/a_b.xml', 'filters/a_b-2.xml']],
  ['an empty text', ['filters/a.xml'], ['filters/a.xml']],
])('keeps inside of its folder: %s', (_, paths, expected) => {
  const archive = writeTar(
    paths.map((path) => ({ path, text: '' })),
    0,
  );
  expect(readTar(archive).map(([name]) => name)).toEqual(expected);
});

it('is empty with two blocks of nothing', () => {
  expect(writeTar([], 0)).toEqual(new Uint8Array(1024));
});
