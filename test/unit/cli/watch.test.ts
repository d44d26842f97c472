import { describe, expect, it } from 'vitest';
import { happeningText } from '../../../main/cli/print/happening-text.ts';
import { happeningsBetween } from '../../../main/cli/watch/happenings-between.ts';
import type { Look } from '../../../main/cli/watch/look.ts';
import type { Healing } from '../../../shared/plan/healing.ts';

const look = (part: Partial<Look> = {}): Look => ({
  at: 0,
  links: new Map(),
  networks: new Set(),
  leases: new Map(),
  journal: [],
  healings: [],
  drops: new Map(),
  force: 'current',
  ...part,
});
const lease = { network: 'home', address: '10.0.0.7', mac: '52:54:00:00:00:01', hostname: 'web' };
const entry = { id: 4, at: 1, title: 'Start network home', by: 'ada', through: 'window', kind: 'change' } as const;
const healing: Healing = {
  what: 'rules',
  names: [],
  at: '2026-11-27T12:00:00.000Z',
  outcome: 'healed',
  milliseconds: 40,
  by: { pid: 7, program: 'nft' },
};

const texts = (before: Look, after: Look) =>
  happeningsBetween(before, after).map((each) => happeningText(0, each).slice('00:00:00.000  '.length, -1));

describe('what changes between two looks', () => {
  it.each<readonly [string, Look, Look, readonly string[]]>([
    ['nothing', look(), look({ at: 5 }), []],
    [
      'a guest that starts',
      look(),
      look({ links: new Map([['vnet0', { up: true, bridge: 'br0' }]]) }),
      ['link     vnet0 appeared', 'link     vnet0 joined br0', 'link     vnet0 is up'],
    ],
    [
      'a guest that changes its bridge',
      look({ links: new Map([['vnet0', { up: true, bridge: 'br0' }]]) }),
      look({ links: new Map([['vnet0', { up: false, bridge: 'br1' }]]) }),
      ['link     vnet0 left br0', 'link     vnet0 joined br1', 'link     vnet0 is down'],
    ],
    [
      'a guest that ends',
      look({ links: new Map([['vnet0', { up: true, bridge: 'br0' }]]) }),
      look(),
      ['link     vnet0 is gone'],
    ],
    [
      'a change, before the network that it starts',
      look({ journal: [{ ...entry, id: 3 }] }),
      look({ journal: [entry, { ...entry, id: 3 }], networks: new Set(['home']) }),
      ['change   4: Start network home (ada, through window)', 'network  home started'],
    ],
    ['a network that stops', look({ networks: new Set(['home']) }), look(), ['network  home stopped']],
    [
      'a lease',
      look(),
      look({ leases: new Map([['home 10.0.0.7', lease]]) }),
      ['lease    10.0.0.7 of home given to web, 52:54:00:00:00:01'],
    ],
    [
      'a lease that is over',
      look({ leases: new Map([['home 10.0.0.7', lease]]) }),
      look(),
      ['lease    10.0.0.7 of home is free (web, 52:54:00:00:00:01)'],
    ],
    [
      'an address that another guest has now',
      look({ leases: new Map([['home 10.0.0.7', lease]]) }),
      look({ leases: new Map([['home 10.0.0.7', { ...lease, mac: '52:54:00:00:00:02', hostname: undefined }]]) }),
      ['lease    10.0.0.7 of home given to 52:54:00:00:00:02'],
    ],
    [
      'what was put back, once',
      look({ journal: [entry] }),
      look({ journal: [{ ...entry, id: 5, kind: 'healed', title: 'Put back' }, entry], healings: [healing] }),
      ['healing  the rules, which nft (process 7) had taken away: back after 40 ms'],
    ],
    ['rules that are lost', look(), look({ force: 'lost' }), [expect.stringContaining('guestward restore')]],
    [
      'drops in sum, the busiest first, by counters that may begin anew',
      look({
        drops: new Map([
          ['a:1', 5],
          ['b:2', 9],
          ['c:3', 4],
        ]),
      }),
      look({
        drops: new Map([
          ['a:1', 6],
          ['b:2', 2],
          ['c:3', 4],
        ]),
      }),
      ['drops    3 packets (b:2 2, a:1 1)'],
    ],
    [
      'drops of many rules',
      look(),
      look({ drops: new Map(['a:1', 'b:2', 'c:3', 'd:4', 'e:5'].map((name) => [name, 1])) }),
      ['drops    5 packets (a:1 1, b:2 1, c:3 1, 2 more rules)'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(texts(before, after)).toEqual(expected);
  });
});
