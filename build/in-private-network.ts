// Runs `node ARGUMENT...` where it may change links, rules and /run at will: in network and mount namespaces of its
// own. As a user it becomes root of a user namespace too, or asks sudo where the system forbids that.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runToExit } from './bootstrap/run.mjs';

const unshare = '/usr/bin/unshare';
const sudo = '/usr/bin/sudo';
const namespaces = ['--net', '--mount', '--fork', '--kill-child'];
const userNamespace = ['--user', '--map-root-user'];

const args = process.argv.slice(2);
process.exitCode = process.env['GUESTWARD_PRIVATE_NETWORK'] === 'entered' ? await inside() : await outside();

async function outside(): Promise<number> {
  const way = wayIn();
  if (!way) {
    console.error(refusal());
    return 1;
  }
  const [program, ...before] = way;
  const self = fileURLToPath(import.meta.url);
  return runToExit(program, [
    ...before,
    '/usr/bin/env',
    'GUESTWARD_PRIVATE_NETWORK=entered',
    process.execPath,
    self,
    ...args,
  ]);
}

function refusal(): string {
  // Debian's and Ubuntu's own switches; a kernel has one, both or none of them.
  const allowed = ['kernel.unprivileged_userns_clone=1', 'kernel.apparmor_restrict_unprivileged_userns=0'];
  const switches = allowed.filter((setting) => existsSync(`/proc/sys/${setting.replace('.', '/').replace(/=.*/, '')}`));
  return [
    'This needs a network namespace of its own, and this system lets only root make one.',
    ...(switches.length === 0
      ? ['Run it as root.']
      : ['Run it as root, or allow it to users until the next boot:', '', `    sudo sysctl ${switches.join(' ')}`, '']),
  ].join('\n');
}

function wayIn(): readonly [string, ...string[]] | undefined {
  if (process.getuid?.() === 0) return [unshare, ...namespaces];
  if (succeeds(unshare, [...userNamespace, ...namespaces, '/bin/true']))
    return [unshare, ...userNamespace, ...namespaces];
  if (succeeds(sudo, ['--non-interactive', 'true'])) return [sudo, '--non-interactive', unshare, ...namespaces];
  return process.stdin.isTTY && succeeds(sudo, ['--version']) ? [sudo, unshare, ...namespaces] : undefined;
}

function succeeds(program: string, argv: readonly string[]): boolean {
  return spawnSync(program, argv, { stdio: 'ignore', shell: false }).status === 0;
}

async function inside(): Promise<number> {
  // unshare has made every mount private, so these are seen by nobody else. A fresh /run keeps `ip netns` and lock
  // files (xtables.lock) apart from the host's; a fresh sysfs shows the links of this namespace.
  const steps = [
    ['/bin/mount', '-t', 'tmpfs', '-o', 'mode=0755', 'guestward', '/run'],
    ['/bin/mount', '-t', 'sysfs', 'guestward', '/sys'],
    ['/usr/sbin/ip', 'link', 'set', 'lo', 'up'],
  ] as const;
  for (const [program, ...argv] of steps) {
    const status = await runToExit(program, argv);
    if (status !== 0) return status;
  }
  const { GUESTWARD_PRIVATE_NETWORK: _, ...env } = process.env;
  return runToExit(process.execPath, args, { env });
}
