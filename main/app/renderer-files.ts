import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** A file of the built screens, as a front door answers with it. */
export interface RendererFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The screens by the path of their URL. Only what was in the folder at the start is there: no path is ever made from a request. */
export interface RendererFiles {
  /** `path` begins with a slash; `/` is the page. The nonce is put into the page, which is otherwise the same for everybody. */
  find(path: string, nonce: string): RendererFile | undefined;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const page = '/index.html';
const placeholder = '%CSP_NONCE%';

/** Reads the built screens; undefined where there are none. */
export function readRendererFiles(folder: string): RendererFiles | undefined {
  if (statSync(join(folder, page), { throwIfNoEntry: false }) === undefined) return undefined;
  const files = new Map<string, RendererFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, file).split(sep).join('/')}`, { type, bytes: readFileSync(file) });
  }
  const html = files.get(page)?.bytes.toString('utf8') ?? '';
  return {
    find(path, nonce) {
      if (path !== '/' && path !== page) return files.get(path);
      return { type: types['.html'] as string, bytes: Buffer.from(html.replaceAll(placeholder, nonce)) };
    },
  };
}
