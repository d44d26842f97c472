import { fileURLToPath } from 'node:url';
import { type RendererFiles, readRendererFiles } from './renderer-files.ts';

/** Beside the program as it is built, and, in a checkout, where building puts it. */
const near = ['./renderer', '../../build/dist/renderer'];

/** The built screens; undefined where they are not built. */
export function findRendererFiles(): RendererFiles | undefined {
  return near.map((path) => readRendererFiles(fileURLToPath(new URL(path, import.meta.url)))).find((each) => each);
}
