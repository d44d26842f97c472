import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const programs = ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip', '/bin/ip'];
/** Changes come in bursts: a guest that starts is a dozen of messages. */
const quietMilliseconds = 250;
const restartMilliseconds = 2000;

/**
 * Tells when links, addresses, routes or neighbours have changed, some moment after the last of a burst; returns what ends it. No rights are needed.
 * What the kernel says is only taken as a sign that something did.
 */
export function watchLinks(changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let restart: NodeJS.Timeout | undefined;
  let child: ReturnType<typeof spawn> | undefined;
  let isOver = false;

  const note = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed();
    }, quietMilliseconds);
  };
  const start = (): void => {
    const program = programs.find((path) => existsSync(path));
    if (program === undefined || isOver) return;
    child = spawn(program, ['-o', 'monitor', 'link', 'address', 'route', 'neigh'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: false,
    });
    child.stdout?.on('data', note);
    child.once('error', () => undefined);
    child.once('close', () => {
      if (isOver) return;
      // Something may have been missed.
      note();
      restart = setTimeout(start, restartMilliseconds);
    });
  };
  start();
  return () => {
    isOver = true;
    clearTimeout(timer);
    clearTimeout(restart);
    child?.kill();
  };
}
