import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import type { Payload } from '../../shared/rpc/contract.ts';

type OpenedFile = Payload<'app.open-file'>;
/** Why a file is not opened, in a sentence. */
type Refusal = string;

const maxBytes = 262_144;
const maxFiles = 8;

/** The XML files that a command line names, read; `folder` is where it was typed. */
export function readOpenedFiles(argv: readonly string[], folder: string): readonly Outcome<OpenedFile, Refusal>[] {
  const named = argv.filter((argument) => !argument.startsWith('-') && argument.toLowerCase().endsWith('.xml'));
  return named.slice(0, maxFiles).map((path) => readOpenedFile(resolve(folder, path)));
}

function readOpenedFile(path: string): Outcome<OpenedFile, Refusal> {
  const name = basename(path).slice(0, 255);
  let file: number | undefined;
  try {
    // A pipe would keep the window from opening until somebody writes into it.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(file);
    if (!stat.isFile()) return fail(`${name} is not a file that can be opened.`);
    if (stat.size > maxBytes) return fail(`${name} is larger than ${maxBytes} bytes, which no filter or network is.`);
    return succeed({ name, text: readFileSync(file, 'utf8') });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return fail(code === 'ENOENT' ? `${name} is not there any more.` : `${name} cannot be read (${code}).`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
