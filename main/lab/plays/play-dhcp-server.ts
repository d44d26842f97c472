import { addresses } from '../room/addresses.ts';
import { type Play, type PracticeFilter, patience } from './play.ts';

const { gateway, g1, g2 } = addresses;

/** clean-traffic, and a guest may not answer DHCP. The rule stands before clean-traffic's own that accepts IPv4, at -650. */
export const noDhcpServer: PracticeFilter = {
  name: 'lab-no-dhcp-server',
  xml: `<filter name='lab-no-dhcp-server' chain='root'>
  <rule action='drop' direction='out' priority='-700'>
    <ip protocol='udp' srcportstart='67' dstportstart='68'/>
  </rule>
  <filterref filter='clean-traffic'/>
</filter>
`,
};

/** A rogue DHCP server, which makes itself the gateway of whoever asks. */
export const playDhcpServer: Play = {
  name: 'plays DHCP server',
  kind: 'attack',
  story: 'g2 asks for an address by DHCP; g1 offers one, with itself as gateway.',
  needs: {
    filter: noDhcpServer,
    because: 'g1 lies under its own MAC and IP address, so clean-traffic has nothing against it. One rule more has:',
  },
  async act({ g1: attacker, g2: victim }) {
    await attacker.offerByDhcp({ server: g1.ip, address: '10.77.0.66', gateway: g1.ip });
    const offers = await victim.askDhcp(g2.mac, patience);
    await attacker.offerNothing();
    const from = (server: string) => offers.find((offer) => offer.server === server);
    const [rogue, rightful] = [from(g1.ip), from(gateway.ip)];
    if (rogue) return { worked: true, seen: `g2 was offered ${rogue.address} by g1, and g1 as its gateway` };
    return {
      worked: false,
      seen: rightful ? 'g2 heard only the rightful server' : 'g2 heard no server at all',
    };
  },
};
