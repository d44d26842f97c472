/** A machine of a pretend network: answers everybody who asks on port 7000, and asks others. Questions and answers are lines of JSON. */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createInterface } from 'node:readline';
import type { Question } from './station.ts';

/** Longer than the second in which TCP asks again: over a veth a refusal can come while connect(2) still holds the socket, which then misses it. */
const patience = 2500;
const plain = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/, '');

function listen(port: number): void {
  createServer((socket) => {
    socket.on('error', () => {});
    socket.end(`${plain(socket.remoteAddress)} ${socket.remotePort}`);
  }).listen(port, '::');
  // One socket an address: a single one for all would answer with the address that is nearest to the asker, not with the one that was asked.
  for (const { address, family, scopeid } of Object.values(networkInterfaces()).flatMap((found) => found ?? [])) {
    if (scopeid !== undefined && scopeid !== 0) continue;
    const udp = createSocket(family === 'IPv4' ? 'udp4' : 'udp6');
    udp.on('error', () => {});
    udp.on('message', (_, asker) => udp.send(`${asker.address} ${asker.port}`, asker.port, asker.address));
    udp.bind(port, address);
  }
}

const from = (source: string | undefined) => (source === undefined ? {} : { localAddress: source });

function askTcp({ to, port, source }: Question): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ host: to, port, ...from(source) });
    const timer = setTimeout(() => {
      socket.destroy();
      resolve('silence');
    }, patience);
    const end = (answer: string) => {
      clearTimeout(timer);
      resolve(answer);
    };
    socket.on('data', (part) => {
      text += part.toString();
    });
    socket.on('end', () => end(text));
    socket.on('error', (error) => end('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : error.message));
  });
}

function askUdp({ to, port, source }: Question): Promise<string> {
  return new Promise((resolve) => {
    const socket = createSocket(to.includes(':') ? 'udp6' : 'udp4');
    const end = (answer: string) => {
      clearTimeout(timer);
      clearInterval(again);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(end, patience, 'silence');
    // A busy machine loses one while neighbours are looked for; silence is when nobody answers any.
    const again = setInterval(() => socket.send('?'), patience / 4);
    socket.on('error', (error) => end('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : error.message));
    socket.on('message', (text) => end(text.toString()));
    socket.bind(0, source, () => socket.connect(port, to, () => socket.send('?')));
  });
}

function ping({ to, source }: Question): Promise<string> {
  return new Promise((resolve) => {
    const args = ['-n', '-c1', '-W1', ...(source === undefined ? [] : ['-I', source]), to];
    const child = spawn('/usr/bin/ping', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (part) => {
      text += part.toString();
    });
    child.on('close', (code) => resolve(code === 0 ? 'pong' : /unreachable/i.test(text) ? 'refused' : 'silence'));
  });
}

const ways = { tcp: askTcp, udp: askUdp, ping } as const;

listen(7000);
listen(53);
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const question: Question = JSON.parse(line);
    ways[question.by](question).then((answer) =>
      process.stdout.write(`${JSON.stringify({ id: question.id, answer })}\n`),
    );
  })
  .on('close', () => process.exit());
process.stdout.write('{"id":0,"answer":"ready"}\n');
