import type { NetworkSetup } from '../../../../shared/plan/network-setup.ts';

/** A setup that has something of everything. */
export const wholeSetup: NetworkSetup = {
  link: {
    bridge: 'virbr7',
    mac: '52:54:00:11:22:33',
    mtu: 1400,
    stp: true,
    forwardDelay: 2,
    ipv6: true,
    learning: false,
  },
  addresses: [
    { address: '10.1.1.1', prefix: 24, prefixRoute: true },
    { address: 'fd00:1::1', prefix: 64, prefixRoute: false },
  ],
  routes: [
    { destination: '10.9.0.0/16', gateway: '10.1.1.2', metric: 3 },
    { destination: 'fd00:9::/48', gateway: 'fd00:1::2' },
  ],
  forwarding: ['ipv4', 'ipv6'],
  bandwidth: { inbound: { average: 100, peak: 200, burst: 50 }, outbound: { average: 100 } },
  dnsmasq: {
    listen: ['10.1.1.1', 'fd00:1::1'],
    domain: { name: 'guests.test', localOnly: true },
    dns: {
      forwardPlainNames: false,
      forwarders: [{ address: '192.0.2.1', port: 53, domain: 'example.test' }],
      hosts: [{ address: '10.1.1.9', names: ['printer'] }],
      txts: [{ name: 'text.test', value: 'a value' }],
      srvs: [{ name: '_ldap._tcp', target: 'ldap.test', port: 389, priority: 1, weight: 1 }],
      localPtr: ['10.1.1.0/24'],
    },
    ranges: [{ family: 'ipv4', low: '10.1.1.10', high: '10.1.1.99', prefix: 24, lease: 3600 }],
    hosts: [{ mac: '52:54:00:00:00:01', name: 'one', address: '10.1.1.100', lease: 'infinite' }],
    staticOnly: [{ family: 'ipv6', subnet: 'fd00:1::/64' }],
    routerAdvertisements: ['fd00:1::/64'],
    bootp: { file: 'pxelinux.0', server: 'boot.test' },
    tftpRoot: '/srv/tftp',
    offersRouter: true,
    options: ['log-dhcp'],
  },
  resolve: { domain: 'guests.test', server: '10.1.1.1' },
  accepts: [
    { hook: 'input', family: 'ipv4', iif: 'virbr7', protocol: 'udp', dports: { low: 67, high: 67 } },
    { hook: 'forward', family: 'ipv6', iif: 'virbr7', saddr: 'fd00:1::/64', connection: 'established' },
  ],
  cures: [{ cure: 'loose-rp-filter', device: 'wlan0' }],
  taps: [{ device: 'gwtap0', owner: 1000, isolated: true, bandwidth: { inbound: { average: 10 } } }],
};
