import { spawn } from 'node:child_process';
import type { NetworkNamespace } from './network-namespace.ts';

/** A packet that is sent to all who listen: a group or a broadcast address, and a port. */
export interface ToAll {
  readonly address: string;
  readonly port: number;
}

const listener = `
const { address, port, ipv6 } = JSON.parse(process.argv[1]);
const socket = require('node:dgram').createSocket({ type: ipv6 ? 'udp6' : 'udp4', reuseAddr: true });
socket.on('message', (_, from) => { process.stdout.write('heard ' + from.address + '\\n'); process.exit(); });
socket.bind(port, () => {
  if (ipv6) socket.addMembership(address, '::%eth0');
  else if (address.startsWith('224.')) socket.addMembership(address);
  process.stdout.write('ready\\n');
});
setTimeout(() => process.exit(), 1200);
`;
const sender = `
const { address, port, ipv6 } = JSON.parse(process.argv[1]);
const socket = require('node:dgram').createSocket(ipv6 ? 'udp6' : 'udp4');
socket.bind(0, () => {
  socket.setBroadcast(true);
  if (ipv6) socket.setMulticastInterface('::%eth0');
  socket.send('is anybody there', port, address, () => socket.close());
});
`;

/** Who was heard to send it to all, by one who listens in `to`; undefined: nobody within a second. A namespace's device is eth0. */
export async function hearsAll(
  to: NetworkNamespace,
  from: NetworkNamespace,
  { address, port }: ToAll,
): Promise<string | undefined> {
  const given = JSON.stringify({ address, port, ipv6: address.includes(':') });
  const start = (namespace: NetworkNamespace, script: string) =>
    namespace.run(() => spawn(process.execPath, ['-e', script, given], { stdio: ['ignore', 'pipe', 'inherit'] }));
  const listening = start(to, listener);
  let said = '';
  const ended = new Promise<void>((resolve) => listening.once('close', () => resolve()));
  await new Promise<void>((resolve) => {
    listening.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      resolve();
    });
    listening.once('close', () => resolve());
  });
  start(from, sender);
  await ended;
  return /^heard ([^%\s]+)/m.exec(said)?.[1];
}
