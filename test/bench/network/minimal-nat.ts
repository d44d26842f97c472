import { writeFileSync } from 'node:fs';
import { runTool } from '../../kernel/rig/run-tool.ts';
import type { World } from './world.ts';

/** What a nat network comes to when somebody writes it by hand for this one moment: a bridge, forwarding, one rule. */
export interface MinimalNat {
  readonly bridge: string;
  readonly gateway: string;
}

const bridge = 'bare0';
const gateway = '10.199.1.1';
const forwarding = '/proc/sys/net/ipv4/ip_forward';

/** Makes it in the world's host. */
export function makeMinimalNat({ namespace, ip }: World): MinimalNat {
  ip('link', 'add', 'name', bridge, 'type', 'bridge');
  ip('address', 'add', `${gateway}/24`, 'dev', bridge);
  ip('link', 'set', 'dev', bridge, 'up');
  namespace.run(() => writeFileSync(forwarding, '1'));
  const chain = `type nat hook postrouting priority 100; ip saddr 10.199.1.0/24 oifname != "${bridge}" masquerade;`;
  namespace.run(() => runTool('/usr/sbin/nft', ['-f', '-'], `table ip bare { chain c_out { ${chain} }; }\n`));
  return { bridge, gateway };
}
