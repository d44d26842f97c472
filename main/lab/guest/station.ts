import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { connect, createServer, type Server } from 'node:net';
import { askDhcp } from './ask-dhcp.ts';
import type { DhcpOffer } from './dhcp-message.ts';
import { leaseAddress } from './lease-address.ts';
import { serveDhcp } from './serve-dhcp.ts';

/** TCP and UDP port that every machine of the lab listens on. */
export const labPort = 7777;

export interface Letter {
  /** Source address that the datagram bears; one of the sender's own. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** What a machine of the lab can be asked to do on the network. Times are in milliseconds. */
export interface Station {
  /** Calls another machine by TCP; the address that it saw us under, or undefined if it did not answer in time. */
  call(address: string, within: number): Promise<string | undefined>;
  /** Sends a datagram to labPort. */
  send(letter: Letter): Promise<void>;
  /** Waits for a datagram with this text; the address that it came from, or undefined if none came in time. */
  receive(text: string, within: number): Promise<string | undefined>;
  /** Answers DHCP requests with this offer until `offerNothing`. */
  offerByDhcp(offer: DhcpOffer): Promise<void>;
  offerNothing(): Promise<void>;
  /** Asks for an address as a machine that starts does; every server's offer that came in time. */
  askDhcp(mac: string, within: number): Promise<readonly DhcpOffer[]>;
  /** Gets an address from the network's DHCP server; undefined if it gave none in time. */
  leaseAddress(mac: string, within: number): Promise<DhcpOffer | undefined>;
  /** The IPv4 address that this DNS server knows for a name; undefined if it knows none. */
  lookUp(name: string, server: string, within: number): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Opens the sockets of a machine in the network namespace of this process. */
export async function createStation(): Promise<Station> {
  const letters = new Map<string, string>();
  const readers = new Map<string, (from: string) => void>();
  const mailbox = await listenForLetters((text, from) => {
    letters.set(text, from);
    readers.get(text)?.(from);
  });
  const phone = await listenForCalls();
  let dhcpServer: Socket | undefined;

  const station: Station = {
    call: (address, within) => callOut(address, within),
    send: (letter) => sendLetter(letter),
    async receive(text, within) {
      const came = letters.get(text);
      if (came !== undefined) return came;
      return await new Promise((resolve) => {
        const timer = setTimeout(() => resolve(undefined), within);
        readers.set(text, (from) => {
          clearTimeout(timer);
          resolve(from);
        });
      });
    },
    async offerByDhcp(offer) {
      await station.offerNothing();
      dhcpServer = await serveDhcp(offer);
    },
    async offerNothing() {
      dhcpServer?.close();
      dhcpServer = undefined;
    },
    askDhcp,
    leaseAddress,
    lookUp,
    async close() {
      await station.offerNothing();
      mailbox.close();
      phone.close();
    },
  };
  return station;
}

async function lookUp(name: string, server: string, within: number): Promise<string | undefined> {
  const resolver = new Resolver({ timeout: within, tries: 1 });
  resolver.setServers([server]);
  try {
    const [address] = await resolver.resolve4(name);
    return address;
  } catch {
    return undefined;
  }
}

function listenForLetters(take: (text: string, from: string) => void): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, { address }) => take(bytes.toString('utf8'), address));
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(labPort, '0.0.0.0', () => resolve(socket));
  });
}

function listenForCalls(): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(socket.remoteAddress ?? '');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(labPort, '0.0.0.0', () => resolve(server));
  });
}

function callOut(address: string, within: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: labPort, timeout: within });
    let heard = '';
    const hangUp = (answer: string | undefined) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
    });
    socket.on('end', () => hangUp(heard));
    socket.on('timeout', () => hangUp(undefined)).on('error', () => hangUp(undefined));
  });
}

function sendLetter({ from, to, text }: Letter): Promise<void> {
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    const done = (error: Error | null) => {
      socket.close();
      if (error) reject(error);
      else resolve();
    };
    socket.once('error', done);
    socket.bind(0, from, () => socket.send(text, labPort, to, done));
  });
}
