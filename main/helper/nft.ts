import { closeSync, ftruncateSync, writeSync } from 'node:fs';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { maxRequestSeconds } from '../../shared/plan/limits.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { deadlineFromNow, type StartedTool, startTool, type ToolRun } from './run-tool.ts';

/** nft(8), bound to the network namespace of this process. */
export interface Nft {
  /** Tries a transaction without carrying it out. The failure's message is what nft printed. */
  check(text: string): Promise<Outcome<void, NftFailure>>;
  /**
   * Tries a transaction that builds on nothing: carries it out in an empty network namespace that goes with it. The kernel waits for a grace period
   * of RCU, often for two, before it answers a transaction that is not to be carried out (__nf_tables_abort), and for none here.
   */
  tryAlone(text: string): Promise<Outcome<void, NftFailure>>;
  /** Carries out a transaction, wholly or not at all. */
  apply(text: string): Promise<Outcome<void, NftFailure>>;
  /** Runs one command and returns what it printed. */
  query(command: string): Promise<Outcome<string, NftFailure>>;
  /** Runs nft with these arguments and no input. */
  run(args: readonly string[]): Promise<Outcome<string, NftFailure>>;
  /** Starts the processes for what is to come, so that it need not wait for them. */
  warmUp(purposes: readonly Purpose[]): void;
  /** Gives what follows the time of a whole request. */
  restartClock(): void;
  /** Ends waiting processes; they hold the lock's descriptor. */
  close(): Promise<void>;
}

export type NftFailure =
  | { readonly kind: 'refused'; readonly stderr: string }
  | Extract<HelperFailure, { readonly kind: 'timed-out' | 'tool-failed' }>;

/**
 * A transaction's text goes through an open file, and the process gets but one short line on its standard input that includes the file. A pipe takes
 * a line that short wholly or not at all, so a helper that dies while writing cannot make nft carry out the first half of a transaction.
 */
const includeText = 'include "/proc/self/fd/3"\n';

const waiting = { check: ['-c', '-f', '-'], alone: ['-f', '-'], apply: ['-f', '-'], query: ['-f', '-'] } as const;
export type Purpose = keyof typeof waiting;

/**
 * @param path of nft
 * @param unshare path of unshare(1); without it, what builds on nothing is tried like everything else
 * @param scratch descriptor of a file that is ours alone, for the text
 * @param lock descriptor that keeps other helpers out while a process of ours may still change the kernel
 */
export function openNft(path: string, unshare: string | undefined, scratch: number, lock: number): Nft {
  const started = new Map<Purpose, StartedTool>();
  let deadline = deadlineFromNow();

  const start = (purpose: Purpose): StartedTool =>
    purpose === 'alone' && unshare !== undefined
      ? startTool(unshare, ['--net', path, ...waiting.alone], [scratch, lock])
      : startTool(path, waiting[purpose], [scratch, lock]);
  const feed = async (purpose: Purpose, line: string): Promise<Outcome<string, NftFailure>> => {
    const tool = started.get(purpose) ?? start(purpose);
    started.delete(purpose);
    return judge(path, await tool.finish(line, deadline));
  };
  const transact = async (purpose: Purpose, text: string): Promise<Outcome<void, NftFailure>> => {
    ftruncateSync(scratch);
    writeAll(scratch, text);
    const outcome = await feed(purpose, includeText);
    return outcome.ok ? succeed(undefined) : outcome;
  };

  return {
    check: (text) => transact('check', text),
    async tryAlone(text) {
      if (unshare === undefined) return transact('check', text);
      const tried = await transact('alone', text);
      // Where namespaces are forbidden, unshare says so, and nft has not been started.
      const isForbidden = !tried.ok && tried.failure.kind === 'refused' && tried.failure.stderr.startsWith('unshare:');
      return isForbidden ? transact('check', text) : tried;
    },
    apply: (text) => transact('apply', text),
    query: (command) => feed('query', `${command}\n`),
    run: async (args) => judge(path, await startTool(path, args, [scratch, lock]).finish('', deadline)),
    warmUp(purposes) {
      for (const purpose of purposes) {
        if (!started.has(purpose)) started.set(purpose, start(purpose));
      }
    },
    restartClock() {
      deadline = deadlineFromNow();
    },
    async close() {
      const idle = [...started.values()];
      started.clear();
      await Promise.all(idle.map((tool) => tool.finish('', deadlineFromNow())));
      closeSync(scratch);
    },
  };
}

function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, at);
}

function judge(program: string, run: ToolRun): Outcome<string, NftFailure> {
  if (run.timedOut) return fail({ kind: 'timed-out', program, seconds: maxRequestSeconds });
  if (run.status === 0) return succeed(run.stdout);
  if (run.status === null)
    return fail({ kind: 'tool-failed', program, message: 'it was killed or could not be started' });
  return fail({ kind: 'refused', stderr: run.stderr });
}
