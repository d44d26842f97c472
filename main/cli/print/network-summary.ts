import type { ForwardMode, NetworkDocument } from '../../../shared/network/network-document.ts';

const kinds: Readonly<Record<ForwardMode, string>> = {
  nat: "nat: guests reach out under the host's address, and nobody reaches in",
  isolated: 'isolated: guests reach each other and the host',
  route: 'route: guests and others reach each other by their own addresses',
  open: 'open: routed, without rules of its own',
  bridge: 'bridge: guests are on a bridge that the host has',
  lan: "lan: guests appear on the host's own LAN",
};

/** What a network is, a line a fact. */
export function networkSummary({ name, forward, bridge, ips, domain, settings }: NetworkDocument): string {
  const isVeryIsolated = forward.mode === 'isolated' && ips.length === 0;
  const kind = isVeryIsolated ? 'very isolated: guests reach each other alone' : kinds[forward.mode];
  const addresses = ips.map(({ address, prefix }) => `${address}/${prefix}`).join(', ');
  const ranges = ips.flatMap(({ dhcp }) => dhcp?.ranges ?? []).map(({ low, high }) => `${low} to ${high}`);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Kind', kind],
    ['Uplink', forward.dev],
    ['Bridge', bridge.name],
    ['Address', addresses === '' ? undefined : addresses],
    ['DHCP', ranges.length === 0 ? undefined : ranges.join(', ')],
    ['Filter', settings.defaultFilter],
    ['Names', domain === undefined ? undefined : `GUEST.${domain.name}`],
  ];
  const lines = rows.flatMap(([label, value]) => (value === undefined ? [] : [`  ${label.padEnd(10)}${value}\n`]));
  return `Network ${name}\n${lines.join('')}`;
}

/** The same for programs. */
export function networkJson({ name, uuid, forward, bridge, ips, domain, settings }: NetworkDocument) {
  return {
    name,
    uuid,
    mode: forward.mode,
    uplink: forward.dev,
    bridge: bridge.name,
    autostart: settings.autostart,
    addresses: ips.map(({ address, prefix }) => `${address}/${prefix}`),
    dhcp: ips.flatMap(({ dhcp }) => dhcp?.ranges ?? []).map(({ low, high }) => ({ start: low, end: high })),
    domain: domain?.name,
    filter: settings.defaultFilter,
  };
}
