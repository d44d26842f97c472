import { fail, succeed } from '../../../shared/plan/outcome.ts';
import type { Handlers } from '../../../shared/rpc/contract.ts';
import { watchDrops } from '../../engine/drops/watch-drops.ts';
import { failureOf } from '../failure-of.ts';
import type { AppSession } from '../session.ts';
import { createSeenDropsBatch } from './seen-drops.ts';

/** A page that is gone cannot say so; one that is open asks again. */
const seconds = 30;
const tellMilliseconds = 500;

/** Tells drops to whoever listens, as long as somebody asks for it. */
export interface DropFollow {
  readonly follow: Handlers['drops.follow'];
  stop(): void;
}

export function createDropFollow(session: AppSession): DropFollow {
  const batch = createSeenDropsBatch();
  let leaving: (() => void) | undefined;
  let starting: ReturnType<typeof start> | undefined;
  let lease: NodeJS.Timeout | undefined;
  let telling: NodeJS.Timeout | undefined;

  const tellSoon = (): void => {
    telling ??= setTimeout(() => {
      telling = undefined;
      const told = batch.take();
      if (told !== undefined) session.emit('drops.seen', told);
    }, tellMilliseconds);
  };

  async function start() {
    const engine = await session.engine('read');
    if (!engine.ok) return engine;
    const watching = await watchDrops(engine.value, {
      drops(drops) {
        batch.add(drops);
        tellSoon();
      },
      untold(untold) {
        batch.lose(untold.reduce((sum, { packets }) => sum + packets, 0));
        tellSoon();
      },
      // Whoever asks next starts it again, or is told why not.
      ended() {
        leaving = undefined;
      },
    });
    if (!watching.ok) return fail(failureOf(watching.failure));
    leaving = watching.value;
    return succeed({ seconds });
  }

  function stop(): void {
    clearTimeout(lease);
    clearTimeout(telling);
    telling = undefined;
    batch.take();
    leaving?.();
    leaving = undefined;
  }

  return {
    async follow() {
      clearTimeout(lease);
      if (leaving === undefined) {
        starting ??= start();
        const started = await starting;
        starting = undefined;
        if (!started.ok) return started;
      }
      clearTimeout(lease);
      lease = setTimeout(stop, seconds * 1000);
      // It keeps no process alive that has nothing else to do.
      lease.unref();
      return succeed({ seconds });
    },
    stop,
  };
}
