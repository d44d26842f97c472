import { valuesOf } from './hypervisor-process.ts';
import { readProperties } from './mac-in-qemu.ts';

/** What a guest is called on its hypervisor's command line: QEMU's `-name NAME` or `-name guest=NAME,...`, Firecracker's `--id NAME`. */
export function guestName(argv: readonly string[]): string | undefined {
  const [name] = valuesOf(argv, '-name', '--name', '--id');
  if (name === undefined) return undefined;
  const { guest, type } = readProperties(name);
  return guest ?? type ?? name;
}

/** What a hypervisor is called: the last part of its program's path, without QEMU's architecture. */
export function hypervisorName(argv: readonly string[]): string {
  const program = argv[0]?.split('/').at(-1) ?? '';
  return /^(?:qemu-system-|qemu-kvm|kvm$)/.test(program) ? 'QEMU' : program.replace(/-v?[0-9].*$/, '');
}
