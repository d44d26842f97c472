import { closeSync, readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

/** Takes from this process what a root helper has no use for. */
export function hardenProcess(): void {
  setFlagsFromString('--disallow-code-generation-from-strings');
  Reflect.deleteProperty(Object.prototype, '__proto__');
  for (const name of Object.keys(process.env)) delete process.env[name];
  process.umask(0o077);
  process.chdir('/');
  closeInheritedDescriptors();
  // Ctrl-C at the terminal ends the client; what was begun for it is finished, and then the end of the input ends the helper.
  for (const signal of ['SIGHUP', 'SIGINT'] as const) process.on(signal, () => undefined);
}

const closeOnExec = 0o2000000;

/** Closes what the caller left open beyond the three. Node opens everything of its own with O_CLOEXEC, and nothing inherited has it. */
function closeInheritedDescriptors(): void {
  for (const name of readdirSync('/proc/self/fd')) {
    const fd = Number(name);
    if (fd > 2 && !closesOnExec(name)) closeSync(fd);
  }
}

function closesOnExec(fd: string): boolean {
  try {
    const [, flags = '0'] = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? [];
    return (Number.parseInt(flags, 8) & closeOnExec) !== 0;
  } catch {
    // It was the descriptor of the listing itself.
    return true;
  }
}
