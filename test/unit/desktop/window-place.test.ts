import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { firstPlace, fitPlace, readPlace, writePlace } from '../../../main/desktop/window-place.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestward-place-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'window.json');
const at = (x: number, y: number) => ({
  bounds: { x, y, width: 900, height: 700 },
  maximized: false,
  staysInTray: true,
});

describe("the window's place", () => {
  it('is read as it was written', () => {
    writePlace(path, at(5, 6));
    expect(readPlace(path)).toEqual(at(5, 6));
  });

  it.each([
    ['nothing', ''],
    ['half of it', '{"bounds":{"x":1'],
    ['another shape', '{"bounds":{"x":1,"y":1,"width":1e9,"height":5},"maximized":false,"staysInTray":false}'],
    [
      'a word in the place of a number',
      '{"bounds":{"width":"900","height":700},"maximized":false,"staysInTray":false}',
    ],
  ])('is the first one where the file holds %s', (_, text) => {
    writeFileSync(path, text);
    expect(readPlace(path)).toEqual(firstPlace);
  });

  const displays = [
    { workArea: { x: 0, y: 30, width: 1920, height: 1050 } },
    { workArea: { x: 1920, y: 0, width: 1280, height: 1024 } },
  ];
  it.each([
    ['on the first display', 100, 100, true],
    ['half on the second', 2800, 10, true],
    ['left of all displays, but for its edge', -850, 100, false],
    ['with its title bar above the display', 100, -20, false],
    ['below all displays', 100, 1070, false],
    ['where a display used to be', 4000, 100, false],
  ])('%s', (_, x, y, isKept) => {
    const place = at(x, y);
    expect(fitPlace(place, displays)).toEqual(isKept ? place : { ...place, bounds: { width: 900, height: 700 } });
  });
});
