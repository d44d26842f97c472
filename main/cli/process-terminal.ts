import type { Terminal } from './terminal.ts';

/** Writing to a pipe whose reader has gone (`guestward nwfilter-list | head -1`) is no failure: there is nobody left to tell. */
function ignoreBrokenPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  ignoreBrokenPipe(stdout);
  ignoreBrokenPipe(stderr);
  return {
    environment: env,
    // https://no-color.org: any value but the empty one.
    colour: stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    write: (text) => void stdout.write(text),
    writeError: (text) => void stderr.write(text),
    async ask(question) {
      const { createInterface } = await import('node:readline/promises');
      const lines = createInterface({ input: stdin, output: stdout });
      try {
        return await lines.question(question);
      } finally {
        lines.close();
      }
    },
  };
}
