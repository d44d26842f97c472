import { parseIpAddress } from '../../../shared/net/ip-address.ts';
import { formatMac, parseMac } from '../../../shared/net/mac.ts';
import type {
  DhcpHost,
  NetworkDocument,
  PortForward,
  Opening as StoredOpening,
} from '../../../shared/network/network-document.ts';
import type { Action, Forward, Opening } from '../../../shared/rpc/changes.ts';
import { isInBlock } from '../../networks/addresses/block-subnet.ts';
import { formatForward } from '../../networks/forwards/format-forward.ts';
import type { EngineFailure } from '../failure.ts';

const span = { file: 'app', line: 1, column: 1, length: 0 };

export const refused = (message: string, cure = ''): { readonly ok: false; readonly failure: EngineFailure } => ({
  ok: false,
  failure: { kind: 'refused', message, cure },
});

export function notAMac(text: string): ReturnType<typeof refused> {
  return refused(`'${text}' is not a MAC address`, 'write it as 52:54:00:12:34:56');
}

/** The forward as a network's definition has it; undefined where its guest's MAC address is none. */
export function portForward({ guest, expires, ...ports }: Forward): PortForward | undefined {
  const mac = guest.by === 'mac' ? parseMac(guest.mac) : undefined;
  if (guest.by === 'mac' && mac === undefined) return undefined;
  const who =
    guest.by === 'name'
      ? { name: guest.name }
      : guest.by === 'address'
        ? { address: guest.address }
        : { mac: mac ?? 0n };
  return { ...ports, guest: who, expires, span };
}

export function withForward(forwards: readonly PortForward[], forward: PortForward): readonly PortForward[] {
  return [...withoutForward(forwards, forward), forward];
}

/** Whichever leads from the same ports to the same guest, for good or for a time. */
export function withoutForward(forwards: readonly PortForward[], forward: PortForward): readonly PortForward[] {
  return forwards.filter((each) => formatForward(each) !== formatForward(forward));
}

export const storedOpening = ({ protocol, ports, service }: Opening): StoredOpening => ({
  protocol,
  ports,
  service,
  span,
});

type PinAddress = Extract<Action, { readonly action: 'pin-address' }>;

/** Keeps an address for a guest, or forgets the one that is kept; a sentence where that cannot be. */
export function pinAddress(
  document: NetworkDocument,
  { mac: text, address, name }: PinAddress,
): NetworkDocument | string {
  const mac = parseMac(text);
  if (mac === undefined) return `'${text}' is not a MAC address`;
  const others = document.ips.map((block) => {
    const { dhcp } = block;
    return dhcp === undefined
      ? block
      : { ...block, dhcp: { ...dhcp, hosts: dhcp.hosts.filter((host) => host.mac !== mac) } };
  });
  const kept = document.ips.flatMap(({ dhcp }) => dhcp?.hosts ?? []).find((host) => host.mac === mac);
  if (address === undefined) {
    return kept === undefined
      ? `No address is kept for ${formatMac(mac)} in network ${document.name}`
      : { ...document, ips: others };
  }
  const value = parseIpAddress(address);
  if (value === undefined) return `'${address}' is not an IP address`;
  const at = others.findIndex((block) => block.dhcp !== undefined && isInBlock(value, block));
  const block = others[at];
  if (block?.dhcp === undefined) return `${address} is in no subnet of network ${document.name} that has DHCP`;
  const { dhcp } = block;
  const host: DhcpHost = { mac, id: undefined, name: name ?? kept?.name, address, lease: kept?.lease, span };
  const pinned = { ...block, dhcp: { ...dhcp, hosts: [...dhcp.hosts, host] } };
  return { ...document, ips: others.map((each, index) => (index === at ? pinned : each)) };
}
