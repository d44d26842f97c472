import { Resolver } from 'node:dns/promises';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Places } from '../../../main/helper/places.ts';
import type { DnsmasqSetup, NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { createNetworkNamespace, requirePrivateNetwork } from '../rig/network-namespace.ts';
import { runTool } from '../rig/run-tool.ts';

const ip = (...args: readonly string[]) => void runTool('/usr/sbin/ip', args);

/** Bridges with addresses in the tests' own private network, guests on them, and folders for a helper. */
export interface DnsmasqRig {
  readonly places: Places;
  addBridge(name: string, ...addresses: readonly string[]): void;
  /** Has a guest of this MAC ask for an address, and returns it. */
  askForAddress(bridge: string, mac: string): string;
  destroy(): void;
}

export function createDnsmasqRig(): DnsmasqRig {
  requirePrivateNetwork();
  const folder = mkdtempSync(join(tmpdir(), 'guestward-dnsmasq-'));
  // As /run is: dnsmasq's user must come through it.
  chmodSync(folder, 0o711);
  const bridges = new Set<string>();

  return {
    places: { state: join(folder, 'state'), run: join(folder, 'run') },
    addBridge(name, ...addresses) {
      bridges.add(name);
      ip('link', 'add', 'name', name, 'type', 'bridge');
      for (const address of addresses) ip('address', 'add', address, 'dev', name, 'nodad');
      ip('link', 'set', 'dev', name, 'up');
    },
    askForAddress(bridge, mac) {
      const guest = createNetworkNamespace();
      try {
        ip('link', 'add', 'name', 'gw-test-port', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', guest.path);
        ip('link', 'set', 'dev', 'gw-test-port', 'master', bridge, 'up');
        return guest.run(() => {
          ip('link', 'set', 'dev', 'eth0', 'address', mac, 'up');
          // udhcpc says on standard error what it got; a script that does nothing leaves the interface alone.
          const words = runTool('/bin/sh', [
            '-c',
            'exec /usr/bin/busybox udhcpc -i eth0 -f -q -n -t 20 -T 1 -s /bin/true 2>&1',
          ]);
          return /lease of (\S+) obtained/.exec(words)?.[1] ?? words;
        });
      } finally {
        ip('link', 'delete', 'dev', 'gw-test-port');
        guest.close();
      }
    },
    destroy() {
      for (const bridge of bridges) ip('link', 'delete', 'dev', bridge);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A network that is nothing but a bridge and its dnsmasq. */
export function networkOn(bridge: string, dnsmasq: Partial<DnsmasqSetup>): NetworkSetup {
  return {
    link: { bridge, mac: '52:54:00:00:00:00', stp: false, forwardDelay: 0, ipv6: true, learning: true },
    addresses: [],
    routes: [],
    forwarding: [],
    bandwidth: {},
    accepts: [],
    cures: [],
    taps: [],
    dnsmasq: { ...plainDnsmasq, ...dnsmasq },
  };
}

export const plainDnsmasq: DnsmasqSetup = {
  listen: [],
  dns: { forwardPlainNames: false, forwarders: [], hosts: [], txts: [], srvs: [], localPtr: [] },
  ranges: [],
  hosts: [],
  staticOnly: [],
  routerAdvertisements: [],
  offersRouter: true,
  options: [],
};

/** The address of a name as the server at this address tells it, or the code of its refusal. */
export async function lookUp(server: string, name: string): Promise<string> {
  const resolver = new Resolver({ timeout: 2000, tries: 3 });
  resolver.setServers([server]);
  try {
    return (await resolver.resolve4(name)).join(' ');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'failed';
  }
}
