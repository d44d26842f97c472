import { dirname, isAbsolute, join } from 'node:path';
import { type Result, usage } from './cli-failure.ts';
import { readTextFile } from './read-text-file.ts';
import type { Call } from './verb.ts';

export interface DefinitionFile {
  readonly file: string;
  readonly text: string;
}

/** All of them, or the first that cannot be had. */
function readAll(files: readonly string[]): Result<readonly DefinitionFile[]> {
  const read: DefinitionFile[] = [];
  for (const file of files) {
    const text = readTextFile(file);
    if (!text.ok) return text;
    read.push({ file, text: text.value });
  }
  return { ok: true, value: read };
}

/** The names in a list of files, which it gives from where it lies. */
function listedFiles(list: string): Result<readonly string[]> {
  const text = readTextFile(list);
  if (!text.ok) return text;
  let names: unknown;
  try {
    names = JSON.parse(text.value);
  } catch (error) {
    return usage(`${list} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    return usage(`${list} is not a list of file names`, 'write it as ["a.xml", "b.xml"]');
  }
  return { ok: true, value: names.map((name) => (isAbsolute(name) ? name : join(dirname(list), name))) };
}

/** The files that a call names, and those that its list of files names. */
export function readDefinitionFiles(call: Call): Result<readonly DefinitionFile[]> {
  const list = call.text('from');
  const listed = list === undefined ? ({ ok: true, value: [] } as const) : listedFiles(list);
  return listed.ok ? readAll([...call.values, ...listed.value]) : listed;
}
