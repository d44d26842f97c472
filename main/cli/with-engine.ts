import type { Engine } from '../engine/engine.ts';
import type { Call, Report } from './verb.ts';

type Work<R> = (engine: Engine) => Promise<R>;

/** Opens the engine for the time of `work`, which may say which filters it is about to use. A number is an exit status, as of `Verb`. */
export function withEngine(call: Call, work: Work<Report>, filters?: readonly string[]): Promise<Report>;
export function withEngine(call: Call, work: Work<Report | number>): Promise<Report | number>;
export async function withEngine(
  call: Call,
  work: Work<Report | number>,
  filters?: readonly string[],
): Promise<Report | number> {
  const opened = await call.openEngine(filters);
  if (!opened.ok) return opened;
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}
