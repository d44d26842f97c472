import { describe, expect, it } from 'vitest';
import {
  installCommand,
  installSteps,
  missingPackages,
  packagesFor,
  rightsToInstall,
} from '../../../build/bootstrap/debian-plan.mjs';
import { targets } from '../../../build/bootstrap/targets.mjs';

const debian = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n';
const ubuntu = 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n';

describe('packagesFor', () => {
  it.each([
    ['Debian', debian, ['nftables', 'dnsmasq-base', 'chromium']],
    ['Ubuntu', ubuntu, ['nftables', 'dnsmasq-base', 'chromium-browser']],
    ['a system without os-release', '', ['nftables', 'dnsmasq-base', 'chromium']],
  ])('names the packages of %s', (_, osRelease, packages) => {
    expect(packagesFor(['nft', 'dnsmasq', 'chromium'], osRelease)).toEqual(packages);
  });

  it('knows the package of every tool that a target needs', () => {
    const tools = Object.values(targets).flatMap((target) => target.tools);
    expect(packagesFor(tools, debian)).toHaveLength(tools.length);
  });
});

describe('missingPackages', () => {
  it.each([
    ['all are installed', 'iproute2 installed\nnftables installed\n', []],
    ['dpkg knows none of them', '', ['nftables', 'iproute2']],
    ['one was removed, its configuration kept', 'iproute2 installed\nnftables config-files\n', ['nftables']],
    ['one is half installed', 'iproute2 half-configured\nnftables installed\n', ['iproute2']],
    ['one stands there for two architectures', 'nftables not-installed\nnftables installed\n', ['iproute2']],
  ])('when %s', (_, listing, missing) => {
    expect(missingPackages(['nftables', 'iproute2'], listing)).toEqual(missing);
  });
});

describe('rightsToInstall', () => {
  it.each([
    ['root', true, true, false, false, 'root'],
    ['a user with a sudo that asks nothing', false, true, true, false, 'sudo'],
    ['a user with sudo at a terminal', false, true, false, true, 'sudo-asking'],
    ['a user with sudo in a job without a terminal', false, true, false, false, 'none'],
    ['a user without sudo', false, false, false, true, 'none'],
  ])('of %s', (_, isRoot, hasSudo, sudoIsFree, hasTerminal, rights) => {
    expect(rightsToInstall({ isRoot, hasSudo, asksNothing: () => sudoIsFree, hasTerminal })).toBe(rights);
  });
});

describe('installSteps', () => {
  it('refreshes the lists, which may fail, then installs', () => {
    const steps = installSteps(['nftables'], 'root');
    expect(steps.map(({ argv, mayFail }) => [argv.includes('update'), argv.at(-1), mayFail])).toEqual([
      [true, 'update', true],
      [false, 'nftables', false],
    ]);
  });

  it.each([
    ['root', ['/usr/bin/env']],
    ['sudo', ['/usr/bin/sudo', '--non-interactive', '/usr/bin/env']],
    ['sudo-asking', ['/usr/bin/sudo', '/usr/bin/env']],
  ] as const)('as %s, keeps debconf from asking on the far side', (rights, before) => {
    for (const { argv } of installSteps(['nftables'], rights)) {
      expect(argv.slice(0, before.length + 2)).toEqual([
        ...before,
        'DEBIAN_FRONTEND=noninteractive',
        '/usr/bin/apt-get',
      ]);
    }
  });
});

describe('installCommand', () => {
  it.each([
    [true, 'sudo apt-get update && sudo apt-get install --yes --no-install-recommends nftables iproute2'],
    [false, "su -c 'apt-get update && apt-get install --yes --no-install-recommends nftables iproute2'"],
  ])('is one line to paste (sudo: %s)', (hasSudo, command) => {
    expect(installCommand(['nftables', 'iproute2'], hasSudo)).toBe(command);
  });
});
