import { describe, expect, it } from 'vitest';
import { loadPatiently } from '../../../renderer/ui/lazy-part.ts';

/** What comes of a load that fails so many times, how often it was tried, and how long was waited. */
async function loaded(failures: number) {
  let tries = 0;
  let waited = 0;
  const load = async (): Promise<string> => {
    tries += 1;
    if (tries <= failures) throw new Error('net::ERR_NETWORK_CHANGED');
    return 'part';
  };
  const wait = async (milliseconds: number): Promise<void> => {
    waited += milliseconds;
  };
  const part = await loadPatiently(load, wait).catch((error: Error) => error.message);
  return { part, tries, waited };
}

describe('a part of the screens that is loaded when it is first shown', () => {
  it.each([
    ['is there at once', 0, { part: 'part', tries: 1, waited: 0 }],
    ['is loaded again where that failed', 1, { part: 'part', tries: 2, waited: 250 }],
    ['is there after three failures', 3, { part: 'part', tries: 4, waited: 4250 }],
    ['has failed after the fourth', 4, { part: 'net::ERR_NETWORK_CHANGED', tries: 4, waited: 4250 }],
  ])('%s', async (_, failures, came) => {
    expect(await loaded(failures)).toEqual(came);
  });
});
