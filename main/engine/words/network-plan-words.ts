import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import type { Plan } from '../../../shared/plan/plan.ts';
import type { Workspace } from '../workspace.ts';
import { count, joinWords } from './join-words.ts';

const familyNames = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

const addressTexts = ({ addresses }: NetworkSetup): readonly string[] =>
  addresses.map(({ address, prefix }) => `${address}/${prefix}`);

const deviceOf = (network: string, { link }: NetworkSetup): string => link?.bridge ?? `the bridge of ${network}`;

/** What comes with a network that is started, a line each. */
function startLines(network: string, setup: NetworkSetup): readonly string[] {
  const { link, forwarding, dnsmasq, resolve, accepts, cures, taps, proxy, routes } = setup;
  const addresses = addressTexts(setup);
  return [
    `start network ${network}${link === undefined ? '' : ` on a new bridge ${link.bridge}`}${addresses.length === 0 ? '' : `, the host being ${joinWords(addresses)}`}`,
    ...(routes.length === 0 ? [] : [`  ${count(routes.length, 'route')} added`]),
    ...(forwarding.length === 0
      ? []
      : [`  the host forwards ${joinWords(forwarding.map((family) => familyNames[family]))} while the network stands`]),
    ...(dnsmasq === undefined ? [] : ['  dnsmasq started for its DHCP and DNS']),
    ...(resolve === undefined ? [] : [`  names of ${resolve.domain} asked of ${resolve.server} (systemd-resolved)`]),
    ...(accepts.length === 0
      ? []
      : [
          `  up to ${count(accepts.length, 'accept')} where the host's own firewall would eat what the network promises`,
        ]),
    ...cures.map(({ cure }) => `  cure ${cure}`),
    ...(proxy === undefined ? [] : [`  addresses of guests answered for on ${proxy.uplink}`]),
    ...(taps.length === 0
      ? []
      : [`  ${count(taps.length, 'TAP')} made: ${joinWords(taps.map(({ device }) => device))}`]),
  ];
}

function stopLines(network: string, setup: NetworkSetup): readonly string[] {
  const { taps, link } = setup;
  const devices = [...(link === undefined ? [] : [link.bridge]), ...taps.map(({ device }) => device)];
  return [
    `stop network ${network}${devices.length === 0 ? '' : `: ${joinWords(devices)} and all that belongs to them go`}`,
    `  interrupts every guest of ${network}`,
  ];
}

/** What of a standing network is brought about anew, and whom that interrupts. */
const parts: readonly {
  readonly part: keyof NetworkSetup;
  readonly words: string;
  readonly interrupts: string | undefined;
}[] = [
  { part: 'link', words: 'bridge changed in place', interrupts: undefined },
  {
    part: 'addresses',
    words: "the host's addresses",
    interrupts:
      'guests on their way out, until they ask for an address of the new subnet; among themselves they stay connected',
  },
  { part: 'routes', words: 'routes', interrupts: undefined },
  { part: 'forwarding', words: 'forwarding of the host', interrupts: undefined },
  { part: 'bandwidth', words: 'bandwidth', interrupts: undefined },
  { part: 'dnsmasq', words: "dnsmasq's configuration (leases stay)", interrupts: undefined },
  { part: 'resolve', words: "the host's resolver", interrupts: undefined },
  { part: 'accepts', words: "accepts in the host's own firewall", interrupts: undefined },
  { part: 'cures', words: 'cures', interrupts: undefined },
  { part: 'taps', words: 'TAPs', interrupts: undefined },
  { part: 'proxy', words: 'the answers for guests on the uplink', interrupts: undefined },
];

function changeLines(network: string, before: NetworkSetup, after: NetworkSetup): readonly string[] {
  const changed = parts.filter(({ part }) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));
  const gone = before.taps.filter(({ device }) => !after.taps.some((tap) => tap.device === device));
  const shut = before.forwarding.filter((family) => !after.forwarding.includes(family));
  const apart = after.taps.filter(
    ({ device, isolated }) => isolated && before.taps.some((tap) => tap.device === device && !tap.isolated),
  );
  const interruptions = [
    ...(shut.length === 0
      ? []
      : [`guests on their way out by ${joinWords(shut.map((family) => familyNames[family]))}`]),
    ...(apart.length === 0
      ? []
      : [
          `the guests on ${joinWords(apart.map(({ device }) => device))} among themselves, who are isolated from now on`,
        ]),
    ...changed.flatMap(({ interrupts }) => (interrupts === undefined ? [] : [interrupts])),
    ...(gone.length === 0 ? [] : [`the guests on ${joinWords(gone.map(({ device }) => device))}`]),
  ];
  return [
    `change network ${network} in place on ${deviceOf(network, after)}: ${changed.length === 0 ? 'nothing but rules' : joinWords(changed.map(({ words }) => words))}`,
    `  interrupts ${interruptions.length === 0 ? 'nobody' : interruptions.join('; ')}`,
  ];
}

/** What a plan does to networks, and whom it interrupts. */
export function networkPlanLines({ networks = [] }: Plan, { setups }: Pick<Workspace, 'setups'>): readonly string[] {
  return networks.flatMap(({ network, setup }) => {
    const before = setups[network];
    if (setup === null) return before === undefined ? [] : stopLines(network, before);
    return before === undefined ? startLines(network, setup) : changeLines(network, before, setup);
  });
}
