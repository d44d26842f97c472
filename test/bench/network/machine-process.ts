// A machine of the network bench, in the network namespace that it was started in: one JSON question a line, one JSON answer a line.
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { leaseAddress } from '../../../main/lab/guest/lease-address.ts';

const port = 7777;
const patience = 10_000;
const chunk = Buffer.alloc(256 * 1024);

export interface MachineMethods {
  /** Takes datagrams, and returns them; takes streams, and counts their bytes. */
  serve(): Promise<void>;
  lease(mac: string): Promise<{ readonly address: string; readonly gateway: string } | undefined>;
  /** Milliseconds until a datagram came back. */
  firstAnswer(address: string): Promise<number>;
  /** Bytes that a stream carried in so many milliseconds. */
  stream(address: string, milliseconds: number): Promise<number>;
}

const methods: MachineMethods = {
  async serve() {
    const echo = createSocket('udp4');
    echo.on('message', (bytes, { address, port: from }) => echo.send(bytes, from, address));
    await new Promise<void>((done) => echo.bind(port, '0.0.0.0', done));
    const sink = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((done) => sink.listen(port, '0.0.0.0', done));
  },

  lease: (mac) => leaseAddress(mac, patience),

  async firstAnswer(address) {
    const start = performance.now();
    const socket = createSocket('udp4');
    socket.on('error', () => undefined);
    const ask = (): void => socket.send('?', port, address);
    ask();
    const repeat = setInterval(ask, 20);
    const limit = setTimeout(() => socket.close(), patience);
    const answered = await new Promise<boolean>((done) => {
      socket.once('message', () => done(true)).once('close', () => done(false));
    });
    clearInterval(repeat);
    clearTimeout(limit);
    if (!answered) throw new Error(`${address} does not answer`);
    socket.close();
    return performance.now() - start;
  },

  stream: (address, milliseconds) =>
    new Promise((done, fail) => {
      const socket = connect({ host: address, port });
      socket.on('error', fail);
      let ended = false;
      const fill = (): void => {
        while (!ended && socket.write(chunk));
      };
      socket.on('drain', fill).on('connect', () => {
        fill();
        setTimeout(() => {
          ended = true;
          const carried = socket.bytesWritten - socket.writableLength;
          socket.resetAndDestroy();
          done(carried);
        }, milliseconds);
      });
    }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { method, args } = JSON.parse(line) as { method: keyof MachineMethods; args: readonly unknown[] };
  try {
    const value = await (methods[method] as (...given: readonly unknown[]) => Promise<unknown>)(...args);
    process.stdout.write(`${JSON.stringify({ value })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`);
  }
}
process.exit(0);
