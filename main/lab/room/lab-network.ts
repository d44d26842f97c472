import { addresses, type GuestAddresses } from './addresses.ts';

const { bridge, domain, gateway, g1, g2, leases } = addresses;

/** Who gets which address, by DHCP, and under which name. */
function host(name: string, { mac, ip }: GuestAddresses): string {
  return `<host mac='${mac}' name='${name}' ip='${ip}'/>`;
}

/** The lab's network as any other: libvirt's XML, which Guestward starts. */
export const labNetwork = `<network>
  <name>lab</name>
  <forward mode='nat'/>
  <bridge name='${bridge}' stp='off' delay='0'/>
  <mac address='${gateway.mac}'/>
  <domain name='${domain}' localOnly='yes'/>
  <ip address='${gateway.ip}' netmask='255.255.255.0'>
    <dhcp>
      <range start='${leases.first}' end='${leases.last}'/>
      ${host('g1', g1)}
      ${host('g2', g2)}
    </dhcp>
  </ip>
</network>
`;
