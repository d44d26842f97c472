import { describe, expect, it } from 'vitest';
import { findPlaces } from '../../../main/helper/places.ts';

const chosen = { GUESTWARD_STATE_DIR: '/tmp/state', GUESTWARD_RUN_DIR: '/tmp/run' };
const fixed = { state: '/var/lib/guestward', run: '/run/guestward' };

describe("the helper's folders", () => {
  it("are root's to choose", () => {
    expect(findPlaces({ caller: 'root', uid: 0 }, chosen)).toEqual({ state: '/tmp/state', run: '/tmp/run' });
    expect(findPlaces({ caller: 'root', uid: 0 }, {})).toEqual(fixed);
  });

  it.each(['sudo', 'pkexec', 'sudo-read', 'pkexec-read'] as const)('are fixed for %s', (caller) => {
    expect(findPlaces({ caller, uid: 0 }, chosen)).toEqual(fixed);
  });

  it.each(['', 'state', './state', '/', '//', '/..', '/a\0b'])('are fixed where %j is named', (path) => {
    expect(findPlaces({ caller: 'root', uid: 0 }, { GUESTWARD_STATE_DIR: path }).state).toBe(fixed.state);
  });

  it('are named without detours', () => {
    expect(findPlaces({ caller: 'root', uid: 0 }, { GUESTWARD_STATE_DIR: '/a/../b//c/' }).state).toBe('/b/c');
  });
});
