import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressLines } from '../../../main/helper/networks/address-lines.ts';
import { ifbOf, isOwnAlias } from '../../../main/helper/networks/alias.ts';
import { downLines, keptLinks, makingLines, removalLines, upLines } from '../../../main/helper/networks/link-lines.ts';
import type { Link, Links } from '../../../main/helper/networks/observe-links.ts';
import { bandwidthLines } from '../../../main/helper/networks/set-bandwidth.ts';
import { keyOf, routeLines } from '../../../main/helper/networks/set-routes.ts';
import { shapedDevices, wantedDevices } from '../../../main/helper/networks/wanted-devices.ts';
import { checkNetworkChanges } from '../../../shared/plan/check-network-changes.ts';
import type { Setups } from '../../../shared/plan/fold-networks.ts';
import { type NetworkSetup, networkChangeSchema } from '../../../shared/plan/network-setup.ts';
import { wholeSetup } from '../shared/plan/network-samples.ts';

const device = '[A-Za-z0-9][A-Za-z0-9_.-]{0,14}';
const alias = 'guestward:[A-Za-z0-9_.=-]+(?:/uid=[0-9]+)?';
const address = '[0-9a-f:.]+';
const rate = 'rate [0-9]+kbps(?: ceil [0-9]+kbps)?(?: burst [0-9]+kb)?';

/** Every line there is; each names one device to change, and it is the first group. */
const lines = [
  `link add name (${device}) type (?:bridge|ifb)`,
  `tuntap add dev (${device}) mode tap user [0-9]+`,
  `link set dev (${device}) (?:alias ${alias}|address [0-9a-f:]{17}|mtu [0-9]+|master ${device}|up|down)`,
  `link set dev (${device}) type bridge (?:stp_state|forward_delay|vlan_filtering) [0-9]+`,
  `link set dev (${device}) type bridge_slave isolated (?:on|off)`,
  `link delete dev (${device})`,
  `address add ${address}/[0-9]+(?: broadcast \\+)? dev (${device})(?: nodad)?(?: noprefixroute)?`,
  `address delete ${address}/[0-9]+ dev (${device})`,
  `route (?:replace|delete) ${address}/[0-9]+ via ${address} dev (${device}) proto static(?: metric [0-9]+)?`,
  `qdisc (?:replace|delete) dev (${device}) (?:root handle 1: htb default 1|root|ingress)`,
  `qdisc add dev (${device}) ingress`,
  `class replace dev (${device}) parent 1: classid 1:1 htb ${rate}`,
  `filter add dev (${device}) parent ffff: protocol all prio 1 u32 match u32 0 0 action mirred egress redirect dev gw-ifb-[0-9a-f]{8}`,
].map((line) => new RegExp(`^${line}$`));

/** The device that a line changes; undefined for a line that nobody has thought of. */
function deviceOf(text: string): string | undefined {
  return lines.map((line) => line.exec(text)?.[1]).find((found) => found !== undefined);
}

function linesFor(wanted: Setups, known: Setups, links: Links): readonly string[] {
  const devices = wantedDevices(wanted);
  const kept = keptLinks(devices, links);
  const shaped = Array.from(wanted).flatMap(([network, setup]) => shapedDevices(network, setup));
  const routes = new Set(
    [...known.values()].flatMap((setup) => setup.routes.map((route) => keyOf(setup.link?.bridge ?? '', route))),
  );
  return [
    ...makingLines(devices, links),
    ...upLines(devices, kept, 'ports'),
    ...upLines(devices, kept, 'others'),
    ...addressLines(wanted, [known], kept),
    ...routeLines(wanted, [known], routes),
    ...shaped.flatMap((one) => bandwidthLines(one, new Set())),
    ...shaped.flatMap((one) => bandwidthLines(one, new Set([`${one.device} htb 1:`, `${one.device} ingress ffff:`]))),
    ...downLines(devices, links),
    ...removalLines(devices, links),
  ].map(({ text }) => text);
}

const plain: Link = {
  kind: 'bridge',
  alias: undefined,
  own: false,
  mac: '02:00:00:00:00:01',
  mtu: 1500,
  up: true,
  master: undefined,
  isolated: false,
  stp: false,
  forwardDelay: 1500,
  vlanFiltering: false,
  addresses: [{ address: '192.0.2.1', prefix: 24, prefixRoute: true }],
};
const host: Links = new Map([
  ['lo', { ...plain, kind: '' }],
  ['eth0', { ...plain, kind: '' }],
  ['docker0', plain],
  ['vnet0', { ...plain, kind: 'tun', master: 'virbr7', alias: 'guest' }],
  ['gwold', { ...plain, alias: 'guestward:old', own: true }],
]);

const hostile = [
  '\n',
  'a\nlink delete dev eth0',
  'eth0 up',
  '-batch',
  '/etc/passwd',
  '#',
  '10.1.1.1/24 dev eth0',
  '$(id)',
  'lo',
  '__proto__',
];

describe('lines for ip and tc', () => {
  it('are of a known form, and change devices of the setup and what is left of Guestward alone', () => {
    const found = linesFor(new Map([['a', wholeSetup]]), new Map(), host);
    expect(found.length).toBeGreaterThan(30);
    const own = ['virbr7', 'gwtap0', ifbOf('virbr7'), ifbOf('gwtap0'), 'gwold'];
    for (const text of found) expect(own, text).toContain(deviceOf(text));
  });

  it('name no device of the host and bring in no word of their own, whatever stands in a place of the plan', () => {
    for (const path of leavesOf({ network: 'a', setup: wholeSetup })) {
      for (const value of hostile) {
        const found = carry(bend(path, value));
        for (const text of found)
          expect(['eth0', 'lo', 'docker0', 'vnet0', undefined], text).not.toContain(deviceOf(text));
      }
    }
  });

  it('bear a name that is not plain as its hash', () => {
    expect(carry({ network: 'a\n#b c', setup: wholeSetup }).length).toBeGreaterThan(30);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (network) => {
        for (const text of carry({ network, setup: wholeSetup })) expect(deviceOf(text), text).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it('leave alone what stands as it should', () => {
    const wanted: Setups = new Map([['a', { ...wholeSetup, routes: [], taps: [], bandwidth: {} }]]);
    const standing: Link = {
      ...plain,
      alias: 'guestward:a',
      own: isOwnAlias('guestward:a'),
      mac: '52:54:00:11:22:33',
      mtu: 1400,
      stp: true,
      forwardDelay: 200,
      vlanFiltering: true,
      addresses: wholeSetup.addresses,
    };
    const links: Links = new Map([['virbr7', standing]]);
    expect(linesFor(wanted, wanted, links).filter((text) => !text.startsWith('qdisc'))).toEqual([]);
  });

  it('make a TAP anew for another user, and change all else in place', () => {
    const [tap] = wholeSetup.taps;
    if (tap === undefined) throw new Error('the sample has one');
    const standing: Link = {
      ...plain,
      kind: 'tun',
      alias: 'guestward:a/uid=1',
      own: true,
      master: 'virbr7',
      mtu: 1400,
    };
    const links: Links = new Map([['gwtap0', standing]]);
    const of = (owner: number) =>
      makingLines(wantedDevices(new Map([['a', { ...wholeSetup, taps: [{ ...tap, owner }] }]])), links)
        .map(({ text }) => text)
        .filter((text) => text.includes('dev gwtap0 ') || text.endsWith('gwtap0'));
    expect(of(1)).toEqual(['link set dev gwtap0 type bridge_slave isolated on']);
    expect(of(2)).toEqual([
      'link delete dev gwtap0',
      'tuntap add dev gwtap0 mode tap user 2',
      'link set dev gwtap0 alias guestward:a/uid=2',
      'link set dev gwtap0 mtu 1400',
      'link set dev gwtap0 master virbr7',
      'link set dev gwtap0 type bridge_slave isolated on',
    ]);
  });
});

/** The lines of a change that the helper takes; none for one that it refuses. */
function carry(change: unknown): readonly string[] {
  const parsed = networkChangeSchema.safeParse(change);
  if (!parsed.success || checkNetworkChanges([parsed.data], new Map()).length > 0) return [];
  const { network, setup } = parsed.data;
  return setup === null ? [] : linesFor(new Map([[network, setup]]), new Map([[network, wholeSetup]]), new Map());
}

type Path = readonly (string | number)[];

function leavesOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function bend(path: Path, value: unknown): { readonly network: string; readonly setup: NetworkSetup } {
  const change = structuredClone({ network: 'a', setup: wholeSetup });
  const parent = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], change);
  (parent as Record<string | number, unknown>)[path.at(-1) ?? ''] = value;
  return change;
}
