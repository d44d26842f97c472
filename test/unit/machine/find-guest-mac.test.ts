import { describe, expect, it } from 'vitest';
import { findGuestMac, type GuestMacHost } from '../../../main/machine/find-guest-mac.ts';
import { formatMac } from '../../../shared/net/mac.ts';

const nothing: GuestMacHost = {
  holdersOf: () => [],
  domainXmls: () => [],
  links: () => undefined,
  forwardingTable: () => undefined,
};

const holder = (command: string, taps: Readonly<Record<number, string>>, file?: string): GuestMacHost => ({
  ...nothing,
  holdersOf: () => [
    {
      argv: command.split(' '),
      taps: new Map(Object.entries(taps).map(([fd, device]) => [Number(fd), device])),
      readFile: () => file,
    },
  ],
});

const found = (host: GuestMacHost, device = 'vnet0'): string | undefined => {
  const mac = findGuestMac(device, host);
  return mac === undefined ? undefined : `${formatMac(mac.mac)} from ${mac.source}`;
};

const mac = '52:54:00:aa:bb:cc';
const fromQemu = `${mac} from QEMU's command line`;
const domain = (device: string): string => `<domstatus><domain>
  <devices>
    <interface type='network'>
      <mac address='52:54:00:00:00:0f'/>
      <target dev='vnet9'/>
    </interface>
    <interface type='bridge'>
      <mac address='${mac}'/>
      <source bridge='br0'/>
      <target dev='${device}'/>
    </interface>
  </devices>
</domain></domstatus>`;
const veth = (ifname: string, link: string | undefined, address: string) => ({
  ifname,
  link,
  address,
  linkinfo: { info_kind: 'veth' },
});

describe('findGuestMac', () => {
  it.each([
    [
      'a TAP by name',
      '/usr/bin/qemu-system-x86_64 -netdev tap,id=n0,ifname=vnet0,script=no -device virtio-net-pci,netdev=n0,mac=52:54:00:aa:bb:cc',
      { 9: 'vnet0' },
    ],
    [
      'the device in front of the netdev',
      'qemu-system-x86_64 -device e1000,mac=52:54:00:aa:bb:cc,netdev=n0 -netdev tap,ifname=vnet0,id=n0',
      { 9: 'vnet0' },
    ],
    ['-nic', 'qemu-kvm -nic tap,ifname=vnet0,mac=52:54:00:aa:bb:cc', { 9: 'vnet0' }],
    [
      "libvirt's descriptor",
      'qemu-system-x86_64 -netdev tap,fd=31,id=hostnet0,vhost=on,vhostfd=33 -device virtio-net-pci,netdev=hostnet0,id=net0,mac=52:54:00:aa:bb:cc,bus=pci.1',
      { 31: 'vnet0', 35: 'vnet1' },
    ],
    [
      "newer libvirt's JSON",
      'qemu-system-x86_64 -netdev {"type":"tap","fd":"31","id":"hostnet0"} -device {"driver":"virtio-net-pci","netdev":"hostnet0","mac":"52:54:00:aa:bb:cc"}',
      { 31: 'vnet0' },
    ],
    [
      'several queues',
      'qemu-system-x86_64 -netdev tap,fds=31:32,id=n0 -device virtio-net-pci,mq=on,netdev=n0,mac=52:54:00:aa:bb:cc',
      { 31: 'vnet0', 32: 'vnet0' },
    ],
    [
      'the second of two guests NICs',
      'qemu-system-x86_64 -netdev tap,id=a,ifname=vnet5 -device e1000,netdev=a,mac=52:54:00:00:00:05 -netdev tap,id=b,ifname=vnet0 -device e1000,netdev=b,mac=52:54:00:aa:bb:cc',
      { 9: 'vnet5', 10: 'vnet0' },
    ],
    [
      'a TAP that the bridge helper made',
      'qemu-system-x86_64 -netdev bridge,id=n0,br=br0 -device e1000,netdev=n0,mac=52:54:00:aa:bb:cc',
      { 9: 'vnet0' },
    ],
  ])('reads from QEMU %s', (_, command, taps) => {
    expect(found(holder(command, taps))).toBe(fromQemu);
  });

  it("knows QEMU's own address for a guest's only NIC, and does not guess for others", () => {
    const one = 'qemu-system-x86_64 -netdev tap,id=a,ifname=vnet0 -device e1000,netdev=a';
    expect(found(holder(one, { 9: 'vnet0' }))).toBe("52:54:00:12:34:56 from QEMU's command line");
    const two = `${one} -netdev user,id=b -device e1000,netdev=b`;
    expect(found(holder(two, { 9: 'vnet0' }))).toBeUndefined();
  });

  it.each([
    ['--net tap=vnet0,mac=52:54:00:aa:bb:cc', 'by name'],
    ['--net tap=vnet5,mac=52:54:00:00:00:05 tap=vnet0,mac=52:54:00:aa:bb:cc --cpus boot=1', 'the second'],
    ['--net fd=7,mac=52:54:00:aa:bb:cc', 'by descriptor'],
  ])('reads from cloud-hypervisor %s (%s)', (options) => {
    const host = holder(`/opt/cloud-hypervisor ${options}`, { 7: 'vnet0' });
    expect(found(host)).toBe(`${mac} from cloud-hypervisor's command line`);
  });

  it('reads the configuration of Firecracker, and makes nothing of one that is not there or no JSON', () => {
    const config = JSON.stringify({ 'network-interfaces': [{ host_dev_name: 'vnet0', guest_mac: mac }] });
    const command = 'firecracker --api-sock /run/f.sock --config-file vm.json';
    expect(found(holder(command, { 7: 'vnet0' }, config))).toBe(`${mac} from Firecracker's configuration`);
    expect(found(holder(command, { 7: 'vnet0' }))).toBeUndefined();
    expect(found(holder(command, { 7: 'vnet0' }, '{'))).toBeUndefined();
  });

  it('reads what libvirt writes of its guests', () => {
    expect(found({ ...nothing, domainXmls: () => [domain('vnet1'), domain('vnet0')] })).toBe(`${mac} from libvirt`);
    expect(found({ ...nothing, domainXmls: () => [domain('vnet1')] })).toBeUndefined();
  });

  it.each([
    [
      'of the same namespace',
      [veth('vnet0', 'eth9', '02:00:00:00:00:01'), veth('eth9', 'vnet0', mac)],
      `${mac} from its peer eth9`,
    ],
    ['of another namespace', [veth('vnet0', undefined, '02:00:00:00:00:01'), veth('eth9', undefined, mac)], undefined],
    [
      'that is no veth',
      [{ ...veth('vnet0', 'eth9', mac), linkinfo: { info_kind: 'vlan' } }, veth('eth9', 'x', mac)],
      undefined,
    ],
    ['of nothing', [], undefined],
  ])("takes the address of a veth's peer %s, and never the device's own", (_, devices, expected) => {
    expect(found({ ...nothing, links: () => JSON.stringify(devices) })).toBe(expected);
  });

  it.each([
    [
      'one learnt address',
      [{ mac, ifname: 'vnet0', flags: [], master: 'br0', state: '' }],
      `${mac} from what its bridge has learnt`,
    ],
    [
      'the same in two VLANs',
      [
        { mac, vlan: 1 },
        { mac, vlan: 2 },
      ],
      `${mac} from what its bridge has learnt`,
    ],
    [
      "the device's own",
      [
        { mac, state: 'permanent' },
        { mac, flags: ['self'] },
      ],
      undefined,
    ],
    ['two guests, or one that lies', [{ mac }, { mac: '52:54:00:00:00:01' }], undefined],
    ['nothing', [], undefined],
    ['no list', { mac }, undefined],
  ])('makes of %s in the forwarding table what can be made of it', (_, table, expected) => {
    expect(found({ ...nothing, forwardingTable: () => JSON.stringify(table) })).toBe(expected);
  });

  it('asks the hypervisor before the network, and takes no address that is none', () => {
    const host = holder('qemu-kvm -nic tap,ifname=vnet0,mac=52:54:00:aa:bb', { 9: 'vnet0' });
    expect(found(host)).toBeUndefined();
    expect(found({ ...host, domainXmls: () => [domain('vnet0')] })).toBe(`${mac} from libvirt`);
  });
});

describe("the address of a TAP that libvirt has made is the guest's but for its first byte", () => {
  const links = (ifname: string, address: string): GuestMacHost => ({
    ...nothing,
    links: () => JSON.stringify([{ ifname, address }]),
  });

  it.each<[string, GuestMacHost, string, string | undefined]>([
    ['where it is of KVM', links('vnet3', 'fe:54:00:aa:bb:cc'), 'vnet3', mac],
    ['not of another block', links('vnet3', 'fe:16:3e:aa:bb:cc'), 'vnet3', undefined],
    ['not under another name', links('tap0', 'fe:54:00:aa:bb:cc'), 'tap0', undefined],
    ['not where it has its own', links('vnet3', '52:54:00:aa:bb:cc'), 'vnet3', undefined],
  ])('%s', (_, host, device, wanted) => {
    const from = wanted === undefined ? undefined : `${wanted} from the device's own address, as libvirt gives it`;
    expect(found(host, device)).toBe(from);
  });
});
