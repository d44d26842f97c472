import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { agree as agreeBy, hands } from './rig/hands.ts';
import { ip, type OpenedApp } from './rig/open-app.ts';
import { goTo, useApp } from './rig/use-app.ts';

let opened: OpenedApp;
let page: Page;

useApp({
  async prepare(app) {
    const text = "<network><name>home</name><bridge name='br-home'/><ip address='10.61.7.1' prefix='24'/></network>";
    await app.change({ action: 'define-network', start: true, text });
    ip('tuntap add dev vnet0 mode tap');
    ip('link set dev vnet0 addrgenmode none');
    ip('link set dev vnet0 master br-home up');
  },
  begin(each, app) {
    [page, opened] = [each, app];
  },
  tidy: () => ip('link delete dev vnet0'),
});

const go = (route: string) => goTo(page, route);

const main = () => page.getByRole('main');
const button = (name: string | RegExp) => main().getByRole('button', { name, exact: true });
const region = (name: string) => page.getByRole('region', { name });

async function nics() {
  const machine = await opened.app.handlers['machine.read']({});
  if (!machine.ok) throw new Error(machine.failure.message);
  return machine.value.nics;
}

const filterOf = async (device: string) => (await nics()).find((nic) => nic.device === device)?.filter;

describe.each(hands)('$name', ({ press, write, pick }) => {
  const agree = () => agreeBy(page, { press });

  it('three switches protect a guest, and take it away again', async () => {
    await go('#/guests/vnet0');
    const protection = region('Protection');
    const names = [/^Cannot pretend/, /^Cannot hand out/, /^Only answers/];
    for (const name of names) await press(protection.getByRole('switch', { name }));
    await write(protection.getByLabel('Its IPv4 addresses'), '10.61.7.7');
    await write(protection.getByLabel('Its MAC address'), '52:54:00:00:00:07');
    await press(protection.getByRole('button'));
    await agree();
    expect(await filterOf('vnet0')).toEqual({ name: 'guest-vnet0', parameters: { IP: ['10.61.7.7'] } });
    for (const name of names) await press(protection.getByRole('switch', { name, checked: true }));
    await press(protection.getByRole('button'));
    await agree();
    expect(await filterOf('vnet0')).toBeUndefined();
  });

  it('a filter of the library asks for what it needs, and is taken away', async () => {
    await go('#/guests/vnet0');
    const form = region('A filter of the library');
    await pick(form.getByLabel('Filter', { exact: true }), 'no-ip-spoofing');
    await write(form.getByLabel('Value of IP'), '10.61.7.7, 10.61.7.x');
    await form.getByText('This is no IPv4 address.').waitFor();
    expect(await form.getByRole('button', { name: /^See what this changes/ }).isDisabled()).toBe(true);
    await write(form.getByLabel('Value of IP'), '10.61.7.7, 10.61.7.8');
    // What is sent tells the MAC address in the end; until then the form asks for it.
    const mac = form.getByLabel('Its MAC address');
    if ((await mac.count()) > 0) await write(mac, '52:54:00:00:00:07');
    await press(form.getByRole('button', { name: /^See what this changes/ }));
    await agree();
    expect(await filterOf('vnet0')).toEqual({ name: 'no-ip-spoofing', parameters: { IP: ['10.61.7.7', '10.61.7.8'] } });
    await press(form.getByRole('button', { name: /^Take the filter away/ }));
    await agree();
    expect(await filterOf('vnet0')).toBeUndefined();
  });

  it('a port is made, its lines are there for each hypervisor, and it is deleted', async () => {
    await go('#/guests');
    await press(button('New port'));
    await write(page.getByLabel('Name of the guest'), 'web');
    await press(page.getByRole('dialog').getByRole('button', { name: /^See what this changes/ }));
    await agree();
    await page.getByText(/-netdev tap,id=gw/).waitFor();
    const tab = (name: string) => page.getByRole('tab', { name, exact: true });
    // To a keyboard the tabs are one stop, and the arrows go along them.
    await press(tab('QEMU'));
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel').getByText('<interface').waitFor();
    await press(page.getByRole('dialog').getByRole('button', { name: 'Done' }));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press(page.getByRole('link', { name: /^web/ }));
    await press(button(/^Delete this port/));
    await agree();
    expect((await nics()).map(({ device }) => device)).toEqual(['vnet0']);
  });
});
