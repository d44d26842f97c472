import { addresses } from '../room/addresses.ts';
import { type Play, patience } from './play.ts';

const { gateway, g2 } = addresses;

/** IPv4 source address spoofing. */
export const takeAddress: Play = {
  name: "takes g2's address",
  kind: 'attack',
  story: `g1 writes to the gateway from ${g2.ip}, which is g2's address.`,
  async act({ g1, gateway: host }, run) {
    const text = `in the name of g2, ${run}`;
    // With the neighbour known, no ARP goes before the datagram that is on trial.
    await g1.ip(`address add ${g2.ip}/32 dev eth0`, knowing(gateway));
    await g1.send({ from: g2.ip, to: gateway.ip, text });
    const from = await host.receive(text, patience);
    await g1.ip(`address del ${g2.ip}/32 dev eth0`, `neighbour del ${gateway.ip} dev eth0`);
    return from === undefined
      ? { worked: false, seen: 'nothing arrived at the gateway' }
      : { worked: true, seen: `the gateway took it for g2's: it came from ${from}` };
  },
};

function knowing({ ip, mac }: { readonly ip: string; readonly mac: string }): string {
  return `neighbour replace ${ip} lladdr ${mac} nud permanent dev eth0`;
}
