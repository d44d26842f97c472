import { describe, expect, it } from 'vitest';
import { guestLines, type Hypervisor } from '../../../../main/networks/guest-lines/guest-lines.ts';

const port = { device: 'gwp3', mac: 0x5254_0012_34abn, guest: 'web' };

describe('the lines for a guest on a port', () => {
  it.each<[Hypervisor, string]>([
    [
      'qemu',
      '-netdev tap,id=gwp3,ifname=gwp3,script=no,downscript=no -device virtio-net-pci,netdev=gwp3,mac=52:54:00:12:34:ab',
    ],
    [
      'libvirt',
      `<interface type='ethernet'>
  <target dev='gwp3' managed='no'/>
  <mac address='52:54:00:12:34:ab'/>
  <model type='virtio'/>
</interface>`,
    ],
    [
      'virtualbox',
      `# VirtualBox opens no TAP: it joins gwbr0 itself, past gwp3, whose filter and rates it escapes.
VBoxManage modifyvm 'web' --nic1 bridged --bridgeadapter1 gwbr0 --macaddress1 5254001234AB`,
    ],
    [
      'firecracker',
      '{"network-interfaces":[{"iface_id":"eth0","host_dev_name":"gwp3","guest_mac":"52:54:00:12:34:ab"}]}',
    ],
    ['cloud-hypervisor', '--net tap=gwp3,mac=52:54:00:12:34:ab'],
  ])('%s', (hypervisor, text) => {
    expect(guestLines(port, 'gwbr0').find((lines) => lines.hypervisor === hypervisor)?.text).toBe(text);
  });

  it.each([
    [undefined, 'NAME'],
    ['my guest', "'my guest'"],
    ["a'; reboot #", "'a'\\''; reboot #'"],
  ])('name the machine %j in one word', (guest, word) => {
    const text = guestLines({ ...port, guest }, 'gwbr0').find(({ hypervisor }) => hypervisor === 'virtualbox')?.text;
    expect(text).toContain(`modifyvm ${word} --nic1`);
  });
});
