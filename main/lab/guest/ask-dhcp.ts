import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DhcpOffer, readOffer, writeDiscover } from './dhcp-message.ts';
import { dhcpClientPort, dhcpServerPort, everybody, openDhcpSocket } from './dhcp-socket.ts';

const tries = 2;

/** Broadcasts DHCPDISCOVER and gathers one offer per server for `within` milliseconds; takes none of them. */
export async function askDhcp(mac: string, within: number): Promise<readonly DhcpOffer[]> {
  const transaction = randomInt(2 ** 32);
  const offers = new Map<string, DhcpOffer>();
  const socket = await openDhcpSocket(dhcpClientPort, (bytes) => {
    const offer = readOffer(bytes, transaction);
    if (offer) offers.set(offer.server, offer);
  });
  for (let round = 0; round < tries; round++) {
    socket.send(writeDiscover(transaction, mac), dhcpServerPort, everybody);
    await sleep(within / tries);
  }
  socket.close();
  return [...offers.values()];
}
