import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wholeSample } from '../../unit/shared/plan/samples.ts';
import { runTool } from '../rig/run-tool.ts';
import { createHelperRig, expectFailure, expectValue, type HelperRig } from './helper-rig.ts';
import { changedNics, oneMoreNic, twoNics } from './sample-plans.ts';

/** Rules as libvirt, Docker, firewalld, a VPN and a person leave them, in every family, with names close to ours. */
const foreignRules = `
table ip libvirt_network {
  chain c_forward { type filter hook forward priority filter; policy accept; oif "lo" counter accept; }
  chain guest_nat { type nat hook postrouting priority srcnat; ip saddr 192.168.122.0/24 counter masquerade; }
}
table ip6 libvirt_network { chain c_forward { type filter hook forward priority filter; counter accept; }; }
table ip docker { chain DOCKER-USER { counter return; }; map ports { type inet_service : ipv4_addr; elements = { 80 : 172.17.0.2 }; }; }
table inet firewalld { chain filter_FORWARD { type filter hook forward priority filter + 10; ct state established counter accept; }; }
table inet guestward2 { set gw_mac { type ether_addr; elements = { 52:54:00:00:00:01 }; }; }
table inet vpn { chain c_mark { type filter hook prerouting priority mangle; meta mark 0x67770001 counter; meta mark set 0x1; }; }
table arp filter { chain c_input { type filter hook input priority filter; arp operation request counter; }; }
table bridge filter { chain gw_frames { type filter hook forward priority filter; ether type vlan counter; }; }
table bridge mine { chain c_prerouting { type filter hook prerouting priority -300; counter comment "mine"; }; }
table netdev ingress { chain c_first { type filter hook ingress device "lo" priority 0; counter; }; }
`;

const xtables = [
  ['/usr/sbin/iptables-nft', '-A', 'FORWARD', '-m', 'comment', '--comment', 'by hand', '-j', 'ACCEPT'],
  ['/usr/sbin/iptables-nft', '-t', 'nat', '-N', 'LIBVIRT_PRT'],
  ['/usr/sbin/ip6tables-nft', '-N', 'gw_frames'],
  ['/usr/sbin/ebtables-nft', '-t', 'nat', '-N', 'libvirt-I-vnet0'],
  ['/usr/sbin/ebtables-nft', '-t', 'nat', '-A', 'libvirt-I-vnet0', '-p', 'ARP', '-j', 'DROP'],
] as const;

let rig: HelperRig;

beforeEach(() => {
  rig = createHelperRig();
  rig.nft(foreignRules);
  rig.namespace.run(() => {
    for (const [program, ...args] of xtables) runTool(program, args);
  });
});

afterEach(() => {
  rig.destroy();
});

/** Every byte that nft prints of what is not Guestward's, handles included. */
function foreign(): string {
  const tables = rig.namespace
    .run(() => runTool('/usr/sbin/nft', ['list', 'tables']))
    .trim()
    .split('\n');
  return tables
    .filter((table) => !table.endsWith(' guestward'))
    .map((table) => rig.namespace.run(() => runTool('/usr/sbin/nft', ['-a', '-nn', 'list', ...table.split(' ')])))
    .join('');
}

describe("others' rules", () => {
  it('stay the same to the byte, whatever the helper does', async () => {
    const before = foreign();
    expect(before).toContain('libvirt-I-vnet0');
    const helper = await rig.open();
    const same = (what: string) => expect(foreign(), what).toBe(before);

    expectValue(await helper.read());
    same('reading');
    expectValue(await helper.apply(twoNics));
    same('the first apply');
    expectValue(await helper.apply(changedNics));
    same('a change');
    const inUse = { op: 'delete-chain', family: 'bridge', chain: 'own_mac' } as const;
    expectFailure(await helper.apply({ ...oneMoreNic(2, 'vnet3'), operations: [inUse] }));
    same('a plan that the kernel refuses');
    rig.namespace.run(() => {
      for (const family of ['bridge', 'inet']) runTool('/usr/sbin/nft', ['delete', 'table', family, 'guestward']);
    });
    expectValue(await helper.restore());
    same('bringing rules back');
    await helper.close();

    const dying = rig.openMeddled('packets-shown', 1, 'die-soon');
    await dying.apply(oneMoreNic(2, 'vnet3'));
    await dying.close();
    const next = await rig.open();
    expectValue(await next.read());
    same('looking after a helper that died');
    await next.close();
  });

  it('stay the same when every kind of rule is loaded beside them', async () => {
    const before = foreign();
    const helper = await rig.open();
    expectValue(await helper.apply(wholeSample()));
    await helper.close();
    expect(foreign()).toBe(before);
  });
});
