import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A connection that ends when this process does, however it ends: what stands at its other end then goes too. */
export interface Lifeline {
  readonly path: string;
  /** What the room has to tell whoever is outside, a line each. */
  onLine(listener: (line: string) => void): void;
  cut(): void;
}

/**
 * Opens a lifeline. A socket by path, since sudo closes inherited descriptors, and since the namespaces have a network
 * of their own; nothing of it is on disk any more once it is taken up.
 */
export function openLifeline(): Promise<Lifeline> {
  const folder = mkdtempSync(join(tmpdir(), 'guestward-lab-'));
  const path = join(folder, 'lifeline');
  const sockets = new Set<Socket>();
  let listener: (line: string) => void = () => {};
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    createInterface({ input: socket }).on('line', (line) => listener(line));
    close();
  });
  const close = () => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(path, () => {
      resolve({
        path,
        onLine(listen) {
          listener = listen;
        },
        cut() {
          close();
          for (const socket of sockets) socket.destroy();
        },
      });
    });
  });
}
