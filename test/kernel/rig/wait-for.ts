import { setTimeout } from 'node:timers/promises';

const pause = 50;
const patience = 20_000;

/** Waits until something is so; fails where it never is. */
export async function waitFor(isSo: () => boolean | undefined): Promise<void> {
  const end = performance.now() + patience;
  while (isSo() !== true) {
    if (performance.now() > end) throw new Error(`not so after ${patience} ms: ${isSo}`);
    await setTimeout(pause);
  }
}
