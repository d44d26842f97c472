import { expect, it } from 'vitest';
import { formatLabFailure } from '../../../main/lab/failure.ts';

it('says which setting forbids namespaces, and both ways round it', () => {
  expect(
    formatLabFailure({
      kind: 'namespaces-forbidden',
      asRoot: false,
      setting: { key: 'kernel.apparmor_restrict_unprivileged_userns', forbids: '1', allows: '0' },
      detail: 'unshare: write failed /proc/self/uid_map: Operation not permitted',
      command: 'sudo guestward lab',
    }),
  ).toBe(`The lab needs namespaces of its own, and this system lets only root make them (kernel.apparmor_restrict_unprivileged_userns is 1).

    unshare: write failed /proc/self/uid_map: Operation not permitted

Run it as root:

    sudo guestward lab

Or allow it to users until the system starts again:

    sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`);
});

it('does not send root to root', () => {
  const text = formatLabFailure({
    kind: 'namespaces-forbidden',
    asRoot: true,
    setting: undefined,
    detail: 'unshare: unshare failed: Operation not permitted',
    command: 'sudo guestward lab',
  });
  expect(text).not.toContain('sudo');
  expect(text).toContain('privileged');
});

it('names the package of a missing tool', () => {
  expect(formatLabFailure({ kind: 'missing-tool', program: '/usr/sbin/nft', debianPackage: 'nftables' })).toBe(
    '/usr/sbin/nft is not there. Install it, and start again:\n\n    sudo apt-get install nftables',
  );
});

it('shows the command that failed and what it said', () => {
  expect(
    formatLabFailure({
      kind: 'tool-failed',
      doing: 'Setting up g1',
      command: '/usr/sbin/ip -batch -',
      detail: 'no device',
    }),
  ).toBe('Setting up g1 failed:\n\n    /usr/sbin/ip -batch -\n    no device');
});
