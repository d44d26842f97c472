import type { Engine } from '../engine/engine.ts';
import type { Call, Report } from './verb.ts';

/** Opens the engine for the time of `work`, which may say which filters it is about to use. */
export async function withEngine(
  call: Call,
  work: (engine: Engine) => Promise<Report>,
  filters?: readonly string[],
): Promise<Report> {
  const opened = await call.openEngine(filters);
  if (!opened.ok) return opened;
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}
