import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

const waits = [250, 1000, 3000];
const sleep = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/**
 * Loads something, again where it fails: a browser gives up what it is loading when the host's addresses change (ERR_NETWORK_CHANGED), which here they
 * do at every network that is started.
 */
export async function loadPatiently<T>(load: () => Promise<T>, wait = sleep): Promise<T> {
  for (const milliseconds of waits) {
    try {
      return await load();
    } catch {
      await wait(milliseconds);
    }
  }
  return await load();
}

/** A component that is loaded when it is first shown. */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await loadPatiently(load) }));
}
