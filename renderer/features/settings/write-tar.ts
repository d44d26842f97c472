export interface TarFile {
  /** Relative, with slashes. */
  readonly path: string;
  readonly text: string;
}

const block = 512;
const encoder = new TextEncoder();

/** Octal digits and a NUL, as a header has its numbers. */
const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;

/** A name that fits into a header's 100 bytes and is a file's everywhere. */
function tarName(path: string, taken: Set<string>): string {
  const [, folder = '', name = '', ending = ''] = /^(?:([^/]*)\/)?(.*?)(\.[a-z]+)?$/s.exec(path) ?? [];
  const safe = name
    .replaceAll(/[^A-Za-z0-9_.-]/g, '_')
    .replace(/^\./, '_')
    .slice(0, 64);
  for (let number = 1; ; number += 1) {
    const tried = `${folder === '' ? '' : `${folder}/`}${safe}${number === 1 ? '' : `-${number}`}${ending}`;
    if (taken.has(tried)) continue;
    taken.add(tried);
    return tried;
  }
}

function header(name: string, size: number, seconds: number): Uint8Array {
  const bytes = new Uint8Array(block);
  const put = (text: string, at: number) => bytes.set(encoder.encode(text), at);
  put(name, 0);
  put(octal(0o644, 8), 100);
  put(octal(0, 8), 108);
  put(octal(0, 8), 116);
  put(octal(size, 12), 124);
  put(octal(seconds, 12), 136);
  // The checksum counts its own field as spaces.
  put('        0', 148);
  put('ustar\x0000', 257);
  const sum = bytes.reduce((total, each) => total + each, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}

/** Files as a tar archive (POSIX.1-1988, ustar), all made at `seconds` since 1970. Names that no file can have are written with what stands for them. */
export function writeTar(files: readonly TarFile[], seconds: number): Uint8Array<ArrayBuffer> {
  const taken = new Set<string>();
  const parts = files.flatMap(({ path, text }) => {
    const content = encoder.encode(text);
    const padding = new Uint8Array((block - (content.length % block)) % block);
    return [header(tarName(path, taken), content.length, seconds), content, padding];
  });
  const archive = new Uint8Array(parts.reduce((total, { length }) => total + length, 0) + 2 * block);
  let at = 0;
  for (const part of parts) {
    archive.set(part, at);
    at += part.length;
  }
  return archive;
}
