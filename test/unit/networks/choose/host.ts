import type { HostAddress, HostFacts, HostLink, HostRoute } from '../../../../shared/network/host-facts.ts';

export const link = (name: string, kind: HostLink['kind'], mac = '02:00:00:00:00:01'): HostLink => ({
  name,
  kind,
  mac,
  up: true,
  master: undefined,
});

const familyOf = (text: string) => (text.includes(':') ? 'ipv6' : 'ipv4');

/** `address('wlan0', '192.168.1.20/24')`. */
export function address(device: string, text: string): HostAddress {
  const [found = '', prefix] = text.split('/');
  return { device, family: familyOf(found), address: found, prefix: Number(prefix), scope: 'global' };
}

export function route(text: string, device: string | undefined, gateway?: string): HostRoute {
  const [destination = '', prefix] = text.split('/');
  const family = familyOf(destination);
  return {
    family,
    destination,
    prefix: Number(prefix),
    device,
    gateway,
    metric: 0,
    table: 'main',
    protocol: undefined,
  };
}

/** A host with these and nothing else. */
export function host(facts: Partial<HostFacts>): HostFacts {
  return {
    links: [],
    addresses: [],
    routes: [],
    uplinks: { ipv4: undefined, ipv6: undefined },
    forwarding: { ipv4: false, ipv6: false },
    acceptRa: {},
    dhcpServers: {},
    ...facts,
  };
}

/** A laptop at home, over Wi-Fi. */
export const laptop = host({
  links: [link('lo', 'loopback', '00:00:00:00:00:00'), link('wlan0', 'wireless')],
  addresses: [address('wlan0', '192.168.1.20/24')],
  routes: [route('0.0.0.0/0', 'wlan0', '192.168.1.1'), route('192.168.1.0/24', 'wlan0')],
  uplinks: { ipv4: 'wlan0', ipv6: undefined },
});
