import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import type { Plan } from '../../../shared/plan/plan.ts';
import type { Plug } from '../../../shared/plan/plug.ts';
import type { Workspace } from '../workspace.ts';
import { count, joinWords } from './join-words.ts';

const familyNames = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

const addressTexts = ({ addresses }: NetworkSetup): readonly string[] =>
  addresses.map(({ address, prefix }) => `${address}/${prefix}`);

const deviceOf = (network: string, { link }: NetworkSetup): string => link?.bridge ?? `the bridge of ${network}`;

/** What happens to one network; what belongs to a step before it is indented. */
export interface NetworkPlanWords {
  readonly network: string;
  readonly steps: readonly string[];
  /** Whom it interrupts; undefined where there was nobody to interrupt. */
  readonly interrupts: readonly string[] | undefined;
}

/** What comes with a network that is started, a line each. */
function startSteps(network: string, setup: NetworkSetup): readonly string[] {
  const { link, forwarding, dnsmasq, resolve, accepts, cures, taps, proxy, routes, admits } = setup;
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
    ...(proxy?.reflect === true
      ? [`  multicast DNS and broadcasts carried from ${proxy.uplink} to guests and back`]
      : []),
    ...(admits === undefined ? [] : ['  NICs of others let in once they have a filter']),
    ...(taps.length === 0
      ? []
      : [`  ${count(taps.length, 'TAP')} made: ${joinWords(taps.map(({ device }) => device))}`]),
  ];
}

function stopWords(network: string, setup: NetworkSetup): NetworkPlanWords {
  const { taps, link } = setup;
  const devices = [...(link === undefined ? [] : [link.bridge]), ...taps.map(({ device }) => device)];
  const gone = devices.length === 0 ? '' : `: ${joinWords(devices)} and all that belongs to them go`;
  const back = link === undefined ? '' : '; NICs that others have plugged in are back in it when it is started again';
  return { network, steps: [`stop network ${network}${gone}`], interrupts: [`every guest of ${network}${back}`] };
}

/** TAPs that go from one network to another. */
type Moved = ReadonlySet<string>;

interface Part {
  of(setup: NetworkSetup): unknown;
  readonly words: string;
  readonly interrupts?: string;
}

/** What of a standing network is brought about anew, and whom that interrupts. */
const parts: readonly Part[] = [
  { of: ({ link }) => link, words: 'bridge changed in place' },
  {
    of: ({ addresses }) => addresses,
    words: "the host's addresses",
    interrupts:
      'guests on their way out, until they ask for an address of the new subnet; among themselves they stay connected',
  },
  { of: ({ routes }) => routes, words: 'routes' },
  { of: ({ forwarding }) => forwarding, words: 'forwarding of the host' },
  { of: ({ bandwidth }) => bandwidth, words: 'bandwidth' },
  { of: ({ dnsmasq }) => dnsmasq, words: "dnsmasq's configuration (leases stay)" },
  { of: ({ resolve }) => resolve, words: "the host's resolver" },
  { of: ({ accepts }) => accepts, words: "accepts in the host's own firewall" },
  { of: ({ cures }) => cures, words: 'cures' },
  { of: ({ taps }) => taps, words: 'TAPs' },
  { of: ({ admits }) => admits, words: 'which NICs of others are filtered, and so let in' },
  {
    of: ({ proxy }) => proxy && { ...proxy, reflect: undefined },
    words: 'the answers for guests on the uplink',
  },
  { of: ({ proxy }) => proxy?.reflect, words: 'whether multicast DNS and broadcasts are carried' },
];

function changeWords(network: string, before: NetworkSetup, after: NetworkSetup, moved: Moved): NetworkPlanWords {
  const changed = parts.filter(({ of }) => JSON.stringify(of(before)) !== JSON.stringify(of(after)));
  const left = before.taps.filter(({ device }) => !after.taps.some((tap) => tap.device === device));
  const away = left.filter(({ device }) => moved.has(device));
  const gone = left.filter(({ device }) => !moved.has(device));
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
    ...(before.admits === undefined && after.admits !== undefined
      ? ['NICs that others have plugged in, until each has the default filter (guestward adopt)']
      : []),
    ...changed.flatMap(({ interrupts }) => (interrupts === undefined ? [] : [interrupts])),
    ...(away.length === 0
      ? []
      : [
          `connections of the guests on ${joinWords(away.map(({ device }) => device))}, who are in another network from now on`,
        ]),
    ...(gone.length === 0 ? [] : [`the guests on ${joinWords(gone.map(({ device }) => device))}`]),
  ];
  const what = changed.length === 0 ? 'nothing but rules' : joinWords(changed.map(({ words }) => words));
  const step = `change network ${network} in place on ${deviceOf(network, after)}: ${what}`;
  return { network, steps: [step], interrupts: interruptions };
}

/** What becomes of one NIC of another program's. */
function plugWords({ device, from, to }: Plug, networkOn: (bridge: string) => string | undefined): NetworkPlanWords {
  const words = (bridge: string) => {
    const network = networkOn(bridge);
    return network === undefined ? bridge : `${network} (${bridge})`;
  };
  const target = to === undefined ? 'out of its network, into no bridge' : `to network ${words(to)}`;
  const source = from === undefined ? '' : ` from network ${words(from)}`;
  return {
    network: (to === undefined ? undefined : networkOn(to)) ?? '',
    steps: [`move ${device}${source} ${target}`],
    interrupts: [`connections of the guest on ${device}, who is in another network from now on`],
  };
}

/** What a plan does to networks, one after the other. */
export function networkPlanWords(
  { networks = [], plugs = [] }: Plan,
  { setups }: Pick<Workspace, 'setups'>,
): readonly NetworkPlanWords[] {
  const had = new Set(networks.flatMap(({ network }) => setups[network]?.taps.map(({ device }) => device) ?? []));
  // Whoever was on one of these networks and is on one of them afterwards.
  const moved: Moved = new Set(
    networks.flatMap(({ setup }) => setup?.taps.flatMap(({ device }) => (had.has(device) ? [device] : [])) ?? []),
  );
  const bridges = new Map(
    [...Object.entries(setups), ...networks.map(({ network, setup }) => [network, setup] as const)].flatMap(
      ([network, setup]) => (setup?.link === undefined ? [] : [[setup.link.bridge, network] as const]),
    ),
  );
  const changes = networks.flatMap(({ network, setup }): readonly NetworkPlanWords[] => {
    const before = setups[network];
    if (setup === null) return before === undefined ? [] : [stopWords(network, before)];
    if (before !== undefined) return [changeWords(network, before, setup, moved)];
    return [{ network, steps: startSteps(network, setup), interrupts: undefined }];
  });
  return [...changes, ...plugs.map((plug) => plugWords(plug, (bridge) => bridges.get(bridge)))];
}

/** What a plan does to networks, and whom it interrupts, as lines. */
export function networkPlanLines(plan: Plan, before: Pick<Workspace, 'setups'>): readonly string[] {
  return networkPlanWords(plan, before).flatMap(({ steps, interrupts }) => [
    ...steps,
    ...(interrupts === undefined ? [] : [`  interrupts ${interrupts.length === 0 ? 'nobody' : interrupts.join('; ')}`]),
  ]);
}
