import { formatMac } from '../../../shared/net/mac.ts';
import {
  type Forward,
  type GuestwardSettings,
  guestwardNamespace,
  type Opening,
  type PortForward,
  type Range,
} from '../../../shared/network/network-document.ts';
import { findService } from '../../../shared/network/services.ts';
import { type Attributes, block, tag } from './tag.ts';

const ports = ({ low, high }: Range<number>): string => (low === high ? `${low}` : `${low}-${high}`);
const yesNo = (value: boolean): 'no' | undefined => (value ? undefined : 'no');

/** The openings of one service are one element, as long as all of its ports are among them. */
function printOpenings(openings: readonly Opening[]): readonly string[] {
  const keys = new Set(openings.map(({ service, protocol, ports: range }) => `${service} ${protocol} ${ports(range)}`));
  const isWhole = (service: string): boolean =>
    findService(service)?.every(({ protocol, ports: range }) => keys.has(`${service} ${protocol} ${ports(range)}`)) ??
    false;
  const lines = openings.flatMap(({ service, protocol, ports: range }) =>
    service !== undefined && isWhole(service)
      ? tag('guestward:opening', { service })
      : tag('guestward:opening', { protocol, port: ports(range) }),
  );
  return [...new Set(lines)];
}

function guestAttribute(guest: PortForward['guest']): Attributes {
  if ('name' in guest) return { guest: guest.name };
  return 'mac' in guest ? { mac: formatMac(guest.mac) } : { address: guest.address };
}

function printForward({ protocol, hostPorts, guestPorts, guest, expires }: PortForward): readonly string[] {
  const to = ports(guestPorts);
  return tag('guestward:forward', {
    protocol,
    port: ports(hostPorts),
    to: to === ports(hostPorts) ? undefined : to,
    ...guestAttribute(guest),
    expires: expires === undefined ? undefined : new Date(expires * 1000).toISOString().replace('.000Z', 'Z'),
  });
}

/** Guestward's own element of `<metadata>`; nothing where everything is as without it. */
export function printSettings(settings: GuestwardSettings, forward: Forward): readonly string[] {
  const { autostart, reach, openings, forwards, slaac, reflect, defaultFilter } = settings;
  // The element alone says that the mode is lan, and one without attributes would be left out.
  const lan = { dev: forward.dev, reflect: reflect ? 'yes' : 'no' };
  const content = [
    ...(autostart ? ['<guestward:autostart/>'] : []),
    ...tag('guestward:reach', {
      internet: yesNo(reach.internet),
      lan: yesNo(reach.lan),
      guests: yesNo(reach.guests),
      host: yesNo(reach.host),
    }),
    ...(openings?.length === 0
      ? ['<guestward:openings/>']
      : block('guestward:openings', {}, printOpenings(openings ?? []))),
    ...block('guestward:forwards', {}, forwards.flatMap(printForward)),
    ...(slaac ? ['<guestward:slaac/>'] : []),
    ...tag('guestward:filter', { name: defaultFilter }),
    ...(forward.mode === 'lan' ? tag('guestward:lan', lan) : []),
  ];
  if (content.length === 0) return [];
  return block('guestward:settings', { 'xmlns:guestward': guestwardNamespace }, content);
}
