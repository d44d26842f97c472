import { writeFileSync } from 'node:fs';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { runTool } from '../rig/run-tool.ts';
import { openTap, type Tap } from '../rig/tap.ts';
import { createHelperRig, expectValue, type HelperRig } from './helper-rig.ts';
import { processesOf } from './look-at-host.ts';
import { networksPlan, silent } from './sample-networks.ts';

/** A network on the bridge of `silent`, and ports there that Guestward has not made. */
export interface ForeignPorts {
  readonly rig: HelperRig;
  apply(base: number, setup: NetworkSetup): Promise<void>;
  /** As a hypervisor plugs it in, which opens the TAP and so can send and receive. */
  plug(name: string): Tap;
  /** What the kernel says of a port. */
  show(name: string): string;
  ip(...args: readonly string[]): string;
  close(): void;
}

export function createForeignPorts(): ForeignPorts {
  const rig = createHelperRig();
  const taps: Tap[] = [];
  const ip = (...args: readonly string[]): string => rig.namespace.run(() => runTool('/usr/sbin/ip', args));
  return {
    rig,
    ip,
    async apply(base, setup) {
      const helper = await rig.open();
      expectValue(await helper.apply(networksPlan(base, { net: setup })));
      await helper.close();
    },
    plug(name) {
      const tap = rig.namespace.run(() => {
        const opened = openTap(name);
        writeFileSync(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`, '1');
        runTool('/usr/sbin/ip', ['link', 'set', 'dev', name, 'master', silent.link?.bridge ?? '', 'up']);
        return opened;
      });
      taps.push(tap);
      return tap;
    },
    show: (name) => ip('-d', 'link', 'show', 'dev', name),
    close() {
      for (const tap of taps) tap.close();
      for (const { pid } of processesOf(rig.runDir)) process.kill(pid, 'SIGKILL');
      rig.destroy();
    },
  };
}

/** A broadcast of a protocol that nobody answers. */
const frame = Buffer.from(`ffffffffffff52540000000188b5${'00'.repeat(46)}`, 'hex');

/** A frame crosses a bridge within the write itself; the wait covers work that went to another processor. A TAP that is down refuses it. */
export function passes(from: Tap, to: Tap): boolean {
  while (to.read(0));
  try {
    from.write(frame);
  } catch {
    return false;
  }
  for (let got = to.read(20); got !== undefined; got = to.read(20)) if (got.equals(frame)) return true;
  return false;
}
