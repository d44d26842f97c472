import { describe, expect, it } from 'vitest';
import { parseDhclientLeases, parseStateFile } from '../../../main/machine/parse-dhcp-server.ts';

/** What NetworkManager 1.42.4 of Debian 12 wrote into /run/NetworkManager/devices, with its own DHCP client. */
const networkManager = `[device]
managed=true
perm-hw-addr-fake=46:66:8B:B4:56:42
connection-uuid=11111111-2222-4333-8444-555555555555
nm-owned=false
route-metric-default-effective=100
next-server=192.168.7.1

[dhcp4]
dhcp4.broadcast_address=192.168.7.255
dhcp4.dhcp_client_identifier=01:46:66:8b:b4:56:42
dhcp4.dhcp_lease_time=3600
dhcp4.dhcp_server_identifier=192.168.7.9
dhcp4.expiry=1795780097
dhcp4.ip_address=192.168.7.103
dhcp4.next_server=192.168.7.1
dhcp4.routers=192.168.7.1
dhcp4.subnet_mask=255.255.255.0
`;

describe('the DHCP server that has given the host its address', () => {
  it.each([
    [
      'systemd-networkd',
      '# This is private data. Do not parse.\nADDRESS=192.168.7.2\nROUTER=192.168.7.1\nSERVER_ADDRESS=192.168.7.9\nT1=1800\n',
      '192.168.7.9',
    ],
    ['NetworkManager', networkManager, '192.168.7.9'],
    [
      'an older NetworkManager',
      '[device]\nmanaged=true\n\n[dhcp4]\ndhcp_server_identifier=192.168.7.9\n',
      '192.168.7.9',
    ],
    ['a state without DHCP', '[device]\nmanaged=true\nconnection-uuid=1\n', undefined],
    ['another key that ends so', 'NEXT_SERVER_ADDRESS=192.168.7.9\n', undefined],
    ['what is no address', 'SERVER_ADDRESS=router\n', undefined],
    ['nothing', '', undefined],
  ])('is read from a state of %s', (_, text, server) => {
    expect(parseStateFile(text)).toBe(server);
  });

  const lease = (device: string, address: string, server: string) => `lease {
  interface "${device}";
  fixed-address ${address};
  option subnet-mask 255.255.255.0;
  option dhcp-server-identifier ${server};
  option domain-name "example.org";
  renew 3 2026/11/25 01:00:00;
}
`;
  const leases = [
    'default-duid "\\000\\001";\n',
    lease('wlan0', '192.168.7.2', '192.168.7.7'),
    lease('wlan0', '192.168.7.2', '192.168.7.9'),
    lease('wlan0', '10.0.0.2', '10.0.0.1'),
    lease('eth0', '192.168.7.2', '192.168.7.8'),
  ].join('');

  it.each([
    ['the last lease of its address', 'wlan0', '192.168.7.2', '192.168.7.9'],
    ['a lease of another device', 'eth0', '192.168.7.2', '192.168.7.8'],
    ['no lease of an address that it has no more', 'wlan0', '172.16.0.2', undefined],
    ['no lease of a device that has none', 'eth1', '192.168.7.2', undefined],
  ])('is that of %s in a file of dhclient', (_, device, address, server) => {
    expect(parseDhclientLeases(leases, device, [address])).toBe(server);
  });

  it('is nobody where a lease is cut short', () => {
    const text = lease('wlan0', '192.168.7.2', '192.168.7.9').slice(0, -3);
    expect(parseDhclientLeases(text, 'wlan0', ['192.168.7.2'])).toBeUndefined();
  });
});
