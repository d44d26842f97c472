import { describe, expect, it } from 'vitest';
import { guestName, hypervisorName } from '../../../main/machine/guest-mac/guest-name.ts';

describe('what a guest is called by its command line', () => {
  it.each<[string, readonly string[], string | undefined]>([
    ['QEMU', ['/usr/bin/qemu-system-x86_64', '-name', 'web', '-m', '1G'], 'web'],
    ['QEMU as libvirt starts it', ['/usr/bin/qemu-system-x86_64', '-name', 'guest=web,debug-threads=on'], 'web'],
    ['Firecracker', ['/usr/bin/firecracker', '--id', 'vm7'], 'vm7'],
    ['a guest without a name', ['/usr/bin/qemu-system-x86_64', '-m', '1G'], undefined],
  ])('%s', (_, argv, name) => {
    expect(guestName(argv)).toBe(name);
  });
});

describe('what a hypervisor is called', () => {
  it.each([
    ['/usr/bin/qemu-system-aarch64', 'QEMU'],
    ['/usr/bin/kvm', 'QEMU'],
    ['/opt/firecracker-v1.7.0-x86_64', 'firecracker'],
    ['cloud-hypervisor', 'cloud-hypervisor'],
  ])('%s', (program, name) => {
    expect(hypervisorName([program])).toBe(name);
  });
});
