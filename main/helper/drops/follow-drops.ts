import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { HelperNotice } from '../../../shared/plan/helper-protocol.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { dropLogGroups } from '../../../shared/plan/own-names.ts';
import { startReader } from './start-reader.ts';

type Following = Outcome<{ readonly following: boolean }, HelperFailure>;

/** Relays what the kernel tells of dropped packets, to one client. */
export interface DropFollower {
  follow(request: number): Promise<Following>;
  leave(): Following;
}

interface Client {
  /** false: it has not read the last of it yet. */
  tell(notice: HelperNotice): boolean;
  onceRead(then: () => void): void;
}

/** What is told at once; a frame of the protocol holds much more. */
const maxChunk = 64 * 1024;

/**
 * The bytes go through as they come: what guests have sent is not looked into by root. A client that does not read has the reader wait, and the kernel
 * drop what the reader has no room for, so nothing piles up here.
 */
export function createDropFollower({ tell, onceRead }: Client): DropFollower {
  let stop: (() => void) | undefined;

  /** Takes the first group that nobody reads. */
  async function start(request: number): Promise<Outcome<() => void, HelperFailure>> {
    for (const group of dropLogGroups) {
      const reader = await startReader(group);
      if (!reader.ok) {
        if (reader.failure.kind === 'drop-log-taken') continue;
        return reader;
      }
      const { child, ended } = reader.value;
      let isLeft = false;
      child.stdout.on('data', (bytes: Buffer) => {
        let hasRoom = true;
        for (let at = 0; at < bytes.length; at += maxChunk) {
          hasRoom = tell({ notice: 'drops', request, pcap: bytes.toString('base64', at, at + maxChunk) });
        }
        if (hasRoom) return;
        child.stdout.pause();
        onceRead(() => child.stdout.resume());
      });
      void ended.then((message) => {
        if (isLeft) return;
        stop = undefined;
        tell({ notice: 'drops-ended', request, message });
      });
      return succeed(() => {
        isLeft = true;
        child.kill('SIGKILL');
        // Nobody may be left to read it to its end.
        child.stdout.destroy();
      });
    }
    return fail({ kind: 'drop-log-taken' });
  }

  return {
    async follow(request) {
      stop?.();
      stop = undefined;
      const started = await start(request);
      if (!started.ok) return started;
      stop = started.value;
      return succeed({ following: true });
    },
    leave() {
      stop?.();
      stop = undefined;
      return succeed({ following: false });
    },
  };
}
