import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from './cli-failure.ts';

type Environment = Readonly<Record<string, string | undefined>>;

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A program by its absolute path: relative parts of PATH could be anybody's. */
export function findProgram(name: string, path = '/usr/bin:/bin'): string | undefined {
  if (name.includes('/')) return name.startsWith('/') && isProgram(name) ? name : undefined;
  const folders = path.split(':').filter((folder) => folder.startsWith('/'));
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** The editor and its arguments: the first that the environment names, else the system's. Words are split at spaces; no shell reads them. */
export function findEditor(environment: Environment): readonly string[] | undefined {
  const named = environment['VISUAL'] || environment['EDITOR'];
  for (const words of named ? [named.trim().split(/\s+/)] : [['sensible-editor'], ['editor'], ['vi']]) {
    const [name = '', ...args] = words;
    const program = findProgram(name, environment['PATH']);
    if (program !== undefined) return [program, ...args];
  }
  return undefined;
}

function runEditor([program = '', ...args]: readonly string[], file: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args, file], { stdio: 'inherit', shell: false });
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(code === 0 ? undefined : `it ended with ${signal ?? `status ${code}`}`));
  });
}

/** Lets the person edit a text, in a file that nobody else can read, and returns it as it was left. */
export async function editText(text: string, name: string, environment: Environment): Promise<Result<string>> {
  const editor = findEditor(environment);
  const fail = (message: string, cure: string): Result<string> => ({
    ok: false,
    failure: { kind: 'editor', message, cure },
  });
  if (editor === undefined) return fail('no editor was found', 'set VISUAL or EDITOR to the one that you use');
  const folder = mkdtempSync(join(tmpdir(), 'guestward-edit-'));
  // Editors choose their colours by the ending; what a name may hold beside letters is no business of theirs.
  const file = join(folder, `${name.replaceAll(/[^A-Za-z0-9_-]/g, '_')}.xml`);
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    const problem = await runEditor(editor, file);
    if (problem !== undefined) return fail(`the editor ${editor[0]} failed: ${problem}`, 'nothing was changed');
    return { ok: true, value: readFileSync(file, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
