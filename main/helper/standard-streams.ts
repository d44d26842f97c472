import type { Streams } from './serve.ts';

/** Standard input and output of this process. */
export function standardStreams(): Streams {
  const { stdin, stdout } = process;
  return {
    input: stdin,
    write: (bytes) => stdout.write(bytes),
    onceRead: (then) => void stdout.once('drain', then),
  };
}
