import type { Box } from './map-layout.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const margin = 20;
/** Smaller than this nobody reads the names: a picture that is larger still begins at its upper left corner. */
export const readableZoom = 0.84;
const largestZoom = 1.15;

/** Where to look from, so that the whole picture is seen, or as much as can be read. `atLeast`: how small it may become. */
export function fitMap(picture: Size, frame: Size, atLeast: number = readableZoom): View {
  const whole = Math.min((frame.width - 2 * margin) / picture.width, (frame.height - 2 * margin) / picture.height);
  const zoom = Math.max(atLeast, Math.min(largestZoom, whole));
  const place = (room: number, wanted: number): number =>
    wanted * zoom + 2 * margin <= room ? (room - wanted * zoom) / 2 : margin;
  return { x: place(frame.width, picture.width), y: place(frame.height, picture.height), zoom };
}

/** The same view, moved as little as brings a box into sight. */
export function showBox(box: Box, { x, y, zoom }: View, frame: Size): View {
  const move = (at: number, size: number, offset: number, room: number): number => {
    const from = at * zoom + offset;
    const to = from + size * zoom;
    if (from < 0 || size * zoom + 2 * margin > room) return offset + margin - from;
    return to > room ? offset + room - margin - to : offset;
  };
  return { x: move(box.x, box.width, x, frame.width), y: move(box.y, box.height, y, frame.height), zoom };
}
