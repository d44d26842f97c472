import type { Socket } from 'node:dgram';
import { type DhcpOffer, writeOffer } from './dhcp-message.ts';
import { dhcpClientPort, dhcpServerPort, everybody, openDhcpSocket } from './dhcp-socket.ts';

/** Answers every DHCPDISCOVER with the same offer until the socket is closed. */
export async function serveDhcp(offer: DhcpOffer): Promise<Socket> {
  const socket = await openDhcpSocket(dhcpServerPort, (discover) => {
    const reply = writeOffer(discover, offer);
    if (reply) socket.send(reply, dhcpClientPort, everybody);
  });
  return socket;
}
