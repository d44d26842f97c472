import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { maxRequestSeconds } from '../../shared/plan/limits.ts';

/** How a program ended. status null: it was killed, at its deadline or by somebody else. */
export interface ToolRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** A program that was started and waits for its standard input. */
export interface StartedTool {
  /** Writes the input to its end and waits for the program to end; at the deadline (see `deadlineFromNow`) it is killed. */
  finish(input: string, deadline: number): Promise<ToolRun>;
}

/** Bytes that are kept of what a program prints; the listing of a ruleset of thousands of rules is some megabytes. */
const maxOutputBytes = 64 * 1024 * 1024;

/** Starts a program with an environment of our own making, in the root folder. `fds` become its descriptors from 3 on. */
export function startTool(path: string, args: readonly string[], fds: readonly number[] = []): StartedTool {
  const child = spawn(path, args, {
    stdio: ['pipe', 'pipe', 'pipe', ...fds],
    env: { LC_ALL: 'C' },
    cwd: '/',
    shell: false,
    // Out of reach of the terminal's Ctrl-C, which would otherwise end nft in the middle of an apply.
    detached: true,
  }) as ChildProcessWithoutNullStreams;
  // A program that ends before it has read its input is judged by its status.
  child.stdin.on('error', () => undefined);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  let timedOut = false;
  const ended = new Promise<number | null>((done) => {
    child.once('error', () => done(null));
    child.once('close', (status) => done(status));
  });

  return {
    async finish(input, deadline) {
      const timer = setTimeout(() => {
        timedOut = true;
        child.kill('SIGKILL');
      }, deadline - performance.now());
      child.stdin.end(input);
      const status = await ended;
      clearTimeout(timer);
      return { status, stdout: stdout(), stderr: stderr(), timedOut };
    },
  };
}

/** The time, on the clock of `performance.now()`, at which the work for a request that begins now must have ended. */
export function deadlineFromNow(): number {
  return performance.now() + maxRequestSeconds * 1000;
}

/** Runs a program without input. */
export function runTool(path: string, args: readonly string[], fds: readonly number[] = []): Promise<ToolRun> {
  return startTool(path, args, fds).finish('', deadlineFromNow());
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxOutputBytes) chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
