import { closeSync, readdirSync, readlinkSync } from 'node:fs';

/** Takes from this process what a root helper has no use for. */
export function hardenProcess(): void {
  Reflect.deleteProperty(Object.prototype, '__proto__');
  for (const name of Object.keys(process.env)) delete process.env[name];
  process.umask(0o077);
  process.chdir('/');
  closeInheritedDescriptors();
  // Ctrl-C at the terminal ends the client; what was begun for it is finished, and then the end of the input ends the helper.
  for (const signal of ['SIGHUP', 'SIGINT'] as const) process.on(signal, () => undefined);
}

/**
 * Closes the files and sockets that the caller left open beyond the three. Pipes cannot be told from Node's own; Node keeps whatever it inherits
 * from its children (uv_disable_stdio_inheritance).
 */
function closeInheritedDescriptors(): void {
  for (const name of readdirSync('/proc/self/fd')) {
    if (Number(name) > 2 && isInherited(name)) closeSync(Number(name));
  }
}

function isInherited(fd: string): boolean {
  try {
    return /^(?:\/(?!dev\/)|socket:)/.test(readlinkSync(`/proc/self/fd/${fd}`));
  } catch {
    // It was the descriptor of the listing itself.
    return false;
  }
}
