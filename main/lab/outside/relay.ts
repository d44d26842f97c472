import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A port of this machine's loopback that leads to a Unix socket in the room, which has no way out of its own. */
export interface Relay {
  readonly port: number;
  /** Where the room is to listen: in a folder that only this user can enter. */
  readonly path: string;
  close(): void;
}

const maxConnections = 64;

/** Opens one. It passes bytes on and reads none: who may come in, the server in the room decides. */
export async function openRelay(): Promise<Relay> {
  // The room has a /run of its own.
  const folder = mkdtempSync(join(tmpdir().startsWith('/run/') ? '/tmp' : tmpdir(), 'guestward-lab-app-'));
  const path = join(folder, 'app');
  const sockets = new Set<Socket>();
  const lead = (near: Socket): void => {
    const far = connect(path);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  };
  const server = createServer(lead);
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    path,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
