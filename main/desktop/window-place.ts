import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import * as z from 'zod';

const size = z.int().min(100).max(32_767);
const coordinate = z.int().min(-32_768).max(32_767);

const placeSchema = z.strictObject({
  bounds: z.union([
    z.strictObject({ width: size, height: size }),
    z.strictObject({ x: coordinate, y: coordinate, width: size, height: size }),
  ]),
  maximized: z.boolean(),
  /** Whether closing the window leaves the app in the tray. */
  staysInTray: z.boolean(),
});
/** Where the window was, in pixels of the desktop, and how it is to be closed. Without x and y the desktop chooses. */
export type WindowPlace = z.infer<typeof placeSchema>;

export const firstPlace: WindowPlace = { bounds: { width: 1180, height: 800 }, maximized: false, staysInTray: false };

/** What of a title bar must be on a display for the window to be moved. */
const grip = { width: 100, height: 40 };

/** What was written last; the first place where nothing was, or nothing that can be read. */
export function readPlace(path: string): WindowPlace {
  try {
    return placeSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return firstPlace;
  }
}

export function writePlace(path: string, place: WindowPlace): void {
  writeFileSync(`${path}.new`, JSON.stringify(place), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** The same place if the displays that are there now show enough of it; else its size, wherever the desktop puts it. */
export function fitPlace(place: WindowPlace, displays: readonly { readonly workArea: Rectangle }[]): WindowPlace {
  if (!('x' in place.bounds)) return place;
  const { x, y, width, height } = place.bounds;
  const shows = ({ workArea }: { readonly workArea: Rectangle }): boolean =>
    Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x) >= grip.width &&
    y >= workArea.y &&
    workArea.y + workArea.height - y >= grip.height;
  return displays.some(shows) ? place : { ...place, bounds: { width, height } };
}
