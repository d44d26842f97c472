import { expect, it } from 'vitest';
import { networkPlanLines } from '../../../main/engine/words/network-plan-words.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import type { Plan } from '../../../shared/plan/plan.ts';

const tap = { device: 'gw0', owner: 0, isolated: false } as const;
const setup: NetworkSetup = {
  link: { bridge: 'gwbr0', mac: '52:54:00:07:00:01', stp: false, forwardDelay: 0, ipv6: true, learning: true },
  addresses: [{ address: '10.7.0.1', prefix: 24, prefixRoute: true }],
  routes: [],
  forwarding: ['ipv4', 'ipv6'],
  bandwidth: {},
  accepts: [],
  cures: [],
  taps: [{ ...tap, bandwidth: {} }],
};

function linesOf(after: Partial<NetworkSetup>): readonly string[] {
  const plan: Plan = {
    version: 1,
    base: 1,
    bridgeNetfilter: false,
    operations: [],
    definitions: [],
    networks: [{ network: 'blue', setup: { ...setup, ...after } }],
  };
  return networkPlanLines(plan, { setups: { blue: setup } });
}

it.each<[string, Partial<NetworkSetup>, string]>([
  ['rules alone', {}, 'nobody'],
  ['a nat network that becomes isolated', { forwarding: [] }, 'guests on their way out by IPv4 and IPv6'],
  ['IPv6 that ends', { forwarding: ['ipv4'] }, 'guests on their way out by IPv6'],
  [
    'ports that are isolated',
    { taps: [{ ...tap, bandwidth: {}, isolated: true }] },
    'the guests on gw0 among themselves, who are isolated from now on',
  ],
  ['a port that goes', { taps: [] }, 'the guests on gw0'],
])('%s: the plan says whom that interrupts', (_name, after, whom) => {
  expect(linesOf(after).at(-1)).toBe(`  interrupts ${whom}`);
});

const proxy = { uplink: 'wlan0', ipv6: false, reserved: [], subnets: [] };

it.each<[string, Partial<NetworkSetup>, string]>([
  ['NICs of others', { admits: ['vnet0'] }, 'which NICs of others are filtered, and so let in'],
  ['a lan network', { proxy }, 'the answers for guests on the uplink'],
  [
    'a lan network that reflects',
    { proxy: { ...proxy, reflect: true } },
    'the answers for guests on the uplink and whether multicast DNS and broadcasts are carried',
  ],
])('%s: the plan says what changes', (_name, after, what) => {
  expect(linesOf(after)[0]).toBe(`change network blue in place on gwbr0: ${what}`);
});
