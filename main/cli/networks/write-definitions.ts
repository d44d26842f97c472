import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import type { Result } from '../cli-failure.ts';

export interface WrittenFile {
  /** Below the folder; a name that is no file's is written with what stands for it. */
  readonly path: readonly [folder: string, name: string];
  readonly text: string;
}

const safeName = (name: string): string => name.replaceAll(/[^A-Za-z0-9_.-]/g, '_').replace(/^\./, '_');

/** Writes files that are not there yet; one that is there is somebody's, and nothing goes over it. */
export function writeDefinitions(root: string, files: readonly WrittenFile[]): Result<readonly string[]> {
  const written: string[] = [];
  for (const { path, text } of files) {
    const file = join(root, path[0], `${safeName(path[1])}.xml`);
    try {
      mkdirSync(join(root, path[0]), { recursive: true });
      writeFileSync(file, text, { flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'errno' in error)) throw error;
      const reason = getSystemErrorMap().get(Number(error.errno))?.[1] ?? error.message;
      const cure = written.length === 0 ? 'nothing was written' : `written were: ${written.join(', ')}`;
      return { ok: false, failure: { kind: 'refused', message: `Failed to write file '${file}': ${reason}`, cure } };
    }
    written.push(file);
  }
  return { ok: true, value: written };
}
