import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const { O_APPEND, O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants;

/** Reads a file of the state folder; undefined where there is none. A link in its place is an error, never followed. */
export function readRootFile(path: string): string | undefined {
  const fd = openIfPresent(path);
  if (fd === undefined) return undefined;
  try {
    if (!fstatSync(fd).isFile()) throw Object.assign(new Error('not a plain file'), { code: 'EFTYPE', path });
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}

/**
 * Puts a file in place under its name at once. Without `durable` a crash of the machine (never of the process) can leave it empty; `syncFile` and
 * `syncFolder` make up for it later.
 */
export function replaceRootFile(path: string, text: string, { durable }: { readonly durable: boolean }): void {
  const temporary = `${path}.new`;
  const fd = createRootFile(temporary);
  try {
    writeFileSync(fd, text);
    if (durable) fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
  if (durable) syncFolder(dirname(path));
}

/** Creates a file that nobody else has open; one of that name is what a crash has left. */
export function createRootFile(path: string): number {
  const create = () => openSync(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    return create();
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
    removeRootFile(path);
    return create();
  }
}

/** Adds text to a file, all of it or nothing; with `durable` it is on the disk on return. */
export function appendToRootFile(path: string, text: string, { durable }: { readonly durable: boolean }): void {
  const bytes = Buffer.from(text, 'utf8');
  const fd = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  const before = fstatSync(fd).size;
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    if (durable) fdatasyncSync(fd);
  } catch (error) {
    // Half a line with others after it could not be told from damage.
    ftruncateSync(fd, before);
    throw error;
  } finally {
    closeSync(fd);
  }
}

/** Takes the end off a file. */
export function cutRootFile(path: string, bytes: number): void {
  const fd = openSync(path, O_WRONLY | O_NOFOLLOW);
  try {
    ftruncateSync(fd, bytes);
    fdatasyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Removes a file (or link) if it is there. */
export function removeRootFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

/** Makes a file's content survive a crash of the machine; nothing where there is no such file. */
export function syncFile(path: string): void {
  const fd = openIfPresent(path);
  if (fd === undefined) return;
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Makes a folder's names survive a crash of the machine. */
export function syncFolder(path: string): void {
  const fd = openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

export function isErrno(error: unknown, code?: string): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return code === undefined || error.code === code;
}

function openIfPresent(path: string): number | undefined {
  try {
    return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}
