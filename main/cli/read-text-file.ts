import { closeSync, openSync, readSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';
import type { Result } from './cli-failure.ts';

/** Far above what any reader behind it takes, far below what would fill the memory (`/dev/zero`). */
const maxBytes = 64 * 1024 * 1024;
const chunkBytes = 64 * 1024;

export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'errno' in error;

/** What the system says of an error, as strerror(3) writes it. */
export function reasonOf({ errno, message }: NodeJS.ErrnoException): string {
  const text = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1];
  return text === undefined ? message : text.charAt(0).toUpperCase() + text.slice(1);
}

function readAll(fd: number): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; total <= maxBytes; ) {
    const chunk = Buffer.alloc(chunkBytes);
    const length = readSync(fd, chunk);
    if (length === 0) break;
    chunks.push(chunk.subarray(0, length));
    total += length;
  }
  return Buffer.concat(chunks);
}

/** Reads a file as UTF-8; `-` and /dev/stdin are standard input, whatever it is connected to. */
export function readTextFile(file: string): Result<string> {
  const fail = (reason: string): Result<string> => ({ ok: false, failure: { kind: 'unreadable-file', file, reason } });
  const isInput = file === '-' || file === '/dev/stdin';
  let fd: number | undefined;
  try {
    fd = isInput ? 0 : openSync(file, 'r');
    const bytes = readAll(fd);
    if (bytes.length > maxBytes) return fail('File too large');
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if (isSystemError(error)) return fail(reasonOf(error));
    if (error instanceof TypeError) return fail('The text is not UTF-8');
    throw error;
  } finally {
    if (fd !== undefined && !isInput) closeSync(fd);
  }
}
