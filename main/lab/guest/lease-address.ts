import { randomInt } from 'node:crypto';
import { type DhcpOffer, readAck, readOffer, writeDiscover, writeRequest } from './dhcp-message.ts';
import { dhcpClientPort, dhcpServerPort, everybody, openDhcpSocket } from './dhcp-socket.ts';

/** Between two tries; RFC 2131 section 4.1 has four seconds, for networks that are larger than one bridge. */
const repeatAfter = 300;

/** Gets an address as a machine that starts does: discovers, takes the first offer, and waits for the server's word; undefined if none came in time. */
export async function leaseAddress(mac: string, within: number): Promise<DhcpOffer | undefined> {
  const transaction = randomInt(2 ** 32);
  let offered: DhcpOffer | undefined;
  let leased: (lease: DhcpOffer) => void = () => {};
  const socket = await openDhcpSocket(dhcpClientPort, (bytes) => {
    const lease = readAck(bytes, transaction);
    if (lease) leased(lease);
    const offer = readOffer(bytes, transaction);
    if (!offer || offered) return;
    offered = offer;
    ask();
  });
  const ask = () => {
    const bytes = offered ? writeRequest(transaction, mac, offered) : writeDiscover(transaction, mac);
    socket.send(bytes, dhcpServerPort, everybody);
  };
  ask();
  const repeat = setInterval(ask, repeatAfter);
  const lease = await new Promise<DhcpOffer | undefined>((resolve) => {
    leased = resolve;
    setTimeout(() => resolve(undefined), within).unref();
  });
  clearInterval(repeat);
  socket.close();
  return lease;
}
