import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NetworkNamespace } from './network-namespace.ts';
import type { PretendGuest } from './pretend-lan.ts';
import { runTool } from './run-tool.ts';

/**
 * Asks for an address by DHCPv6 with ISC's client, whose DUID is of the guest's MAC address alone, and which gives no name unless it is told one, and puts
 * the address on `eth0`; undefined: nobody gave any.
 */
export async function askForIpv6Address({ namespace }: PretendGuest, name?: string): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'guestward-dhclient-'));
  const [settings, leases] = [join(folder, 'settings'), join(folder, 'leases')];
  const named = `send fqdn.fqdn "${name}"; send fqdn.encoded on; send fqdn.server-update on;`;
  writeFileSync(settings, `timeout 10;\n${name === undefined ? '' : named}\n`);
  const dhclient = (...options: readonly string[]) => {
    const files = ['-cf', settings, '-lf', leases, '-pf', join(folder, 'pid'), '-sf', '/usr/bin/true'];
    return namespace.run(() => runTool('/usr/sbin/dhclient', ['-6', '-D', 'LL', ...options, ...files, 'eth0']));
  };
  try {
    await ownLinkLocal(namespace);
    try {
      // It stays, to renew what it got, and is ended below.
      dhclient('-1');
    } catch {
      return undefined;
    }
    const address = /iaaddr (\S+) \{/.exec(readFileSync(leases, 'utf8'))?.[1];
    if (address !== undefined)
      namespace.run(() => runTool('/usr/sbin/ip', ['address', 'replace', `${address}/128`, 'dev', 'eth0', 'nodad']));
    return address;
  } finally {
    dhclient('-x');
    rmSync(folder, { recursive: true });
  }
}

/** Questions of DHCPv6 come from the link-local address, once it is known to be nobody else's. */
async function ownLinkLocal(namespace: NetworkNamespace): Promise<void> {
  const show = ['-6', 'address', 'show', 'dev', 'eth0', 'scope', 'link', '-tentative'];
  for (let tries = 0; tries < 100; tries += 1) {
    if (namespace.run(() => runTool('/usr/sbin/ip', show)) !== '') return;
    await sleep(100);
  }
  throw new Error('the guest has no link-local address');
}
