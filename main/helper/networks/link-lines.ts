import type { Setups } from '../../../shared/plan/fold-networks.ts';
import type { Link, Links } from './observe-links.ts';
import type { Line } from './run-batch.ts';
import type { WantedDevice } from './wanted-devices.ts';

/** Within these bounds a bridge that speaks STP keeps its forward delay, in hundredths of a second (BR_MIN_FORWARD_DELAY of br_private.h). */
const stpDelay = { least: 200, most: 3000 } as const;

/** What a bridge and a TAP have when nobody says otherwise. */
const defaultMtu = 1500;

/** Makes what is missing and changes what is otherwise, all of it still down where it is new. `known`: setups that may have given devices an MTU. */
export function makingLines(
  wanted: readonly WantedDevice[],
  links: Links,
  known: readonly Setups[] = [],
): readonly Line[] {
  const given = new Set(known.flatMap((setups) => [...setups.values()].map(({ link }) => link?.mtu)));
  return wanted.flatMap((device) => {
    const standing = links.get(device.device);
    const kept = standing !== undefined && isKept(device, standing) ? standing : undefined;
    const removal = standing === undefined || kept !== undefined ? [] : [`link delete dev ${device.device}`];
    const lines = [...removal, ...(kept === undefined ? creation(device) : []), ...settings(device, kept, given)];
    return lines.map((text) => ({ network: device.network, text }));
  });
}

/** Whether the device can be changed into what is wanted; another kind cannot, nor a TAP of another user. */
function isKept({ kind, alias }: WantedDevice, standing: Link): boolean {
  return standing.kind === kind && (kind !== 'tun' || userOf(standing.alias) === userOf(alias));
}

function userOf(alias: string | undefined): string | undefined {
  return alias?.split('/')[1];
}

function creation(wanted: WantedDevice): readonly string[] {
  const { device, alias } = wanted;
  const mark = `link set dev ${device} alias ${alias}`;
  if (wanted.kind === 'tun') return [`tuntap add dev ${device} mode tap user ${wanted.tap.owner}`, mark];
  return [`link add name ${device} type ${wanted.kind}`, mark];
}

function settings(
  wanted: WantedDevice,
  standing: Link | undefined,
  given: ReadonlySet<number | undefined>,
): readonly string[] {
  const { device, alias } = wanted;
  const renamed = standing !== undefined && standing.alias !== alias ? [`link set dev ${device} alias ${alias}`] : [];
  switch (wanted.kind) {
    case 'bridge':
      return [...renamed, ...mtuSetting(device, wanted.link.mtu, standing, given), ...bridgeSettings(wanted, standing)];
    case 'tun': {
      const { mtu, master, tap } = wanted;
      const joined = standing?.master === master;
      const isolated = tap.isolated ? 'on' : 'off';
      return [
        ...renamed,
        ...mtuSetting(device, mtu, standing, given),
        ...(joined ? [] : [`link set dev ${device} master ${master}`]),
        ...(joined && standing.isolated === tap.isolated
          ? []
          : [`link set dev ${device} type bridge_slave isolated ${isolated}`]),
      ];
    }
    case 'ifb':
      return renamed;
  }
}

/** One that nobody has given is left to the kernel, which keeps a bridge's at the smallest of its ports'. */
function mtuSetting(
  device: string,
  mtu: number | undefined,
  standing: Link | undefined,
  given: ReadonlySet<number | undefined>,
): readonly string[] {
  const wanted = mtu ?? (standing !== undefined && given.has(standing.mtu) ? defaultMtu : undefined);
  return wanted === undefined || standing?.mtu === wanted ? [] : [`link set dev ${device} mtu ${wanted}`];
}

function bridgeSettings(
  { device, link }: Extract<WantedDevice, { readonly kind: 'bridge' }>,
  standing: Link | undefined,
): readonly string[] {
  const set = `link set dev ${device}`;
  const asked = Math.round(link.forwardDelay * 100);
  const delay = link.stp ? Math.min(Math.max(asked, stpDelay.least), stpDelay.most) : asked;
  return [
    ...(standing?.mac === link.mac ? [] : [`${set} address ${link.mac}`]),
    // First, because the kernel takes no short delay while STP is on, and makes a short one longer when it is switched on.
    ...((standing?.stp ?? false) === link.stp ? [] : [`${set} type bridge stp_state ${link.stp ? 1 : 0}`]),
    ...(standing?.forwardDelay === delay ? [] : [`${set} type bridge forward_delay ${delay}`]),
    // As libvirt has it: whoever attaches a guest enters its MAC address.
    ...((standing?.vlanFiltering ?? false) === !link.learning
      ? []
      : [`${set} type bridge vlan_filtering ${link.learning ? 0 : 1}`]),
  ];
}

/** The devices without those that `makingLines` puts others in the place of. */
export function keptLinks(wanted: readonly WantedDevice[], links: Links): Links {
  const kept = new Map(links);
  for (const device of wanted) {
    const standing = links.get(device.device);
    if (standing !== undefined && !isKept(device, standing)) kept.delete(device.device);
  }
  return kept;
}

/** Bridges and ifbs come up before addresses, TAPs after everything else. */
export function upLines(wanted: readonly WantedDevice[], links: Links, which: 'ports' | 'others'): readonly Line[] {
  return wanted
    .filter((device) => (device.kind === 'tun') === (which === 'ports'))
    .filter((device) => {
      const standing = links.get(device.device);
      return standing === undefined || !standing.up;
    })
    .map(({ network, device }) => ({ network, text: `link set dev ${device} up` }));
}

/** Takes away what is of Guestward's making and of no network any more. */
export function removalLines(wanted: readonly WantedDevice[], links: Links): readonly Line[] {
  return strays(wanted, links).map((device) => ({ network: '', text: `link delete dev ${device}` }));
}

/** Silences devices that are about to go, before the rules that hold them go. */
export function downLines(wanted: readonly WantedDevice[], links: Links): readonly Line[] {
  return strays(wanted, links)
    .filter((device) => links.get(device)?.up === true)
    .map((device) => ({ network: '', text: `link set dev ${device} down` }));
}

function strays(wanted: readonly WantedDevice[], links: Links): readonly string[] {
  const kept = new Set(wanted.map(({ device }) => device));
  return Array.from(links).flatMap(([device, { own }]) => (own && !kept.has(device) ? [device] : []));
}
