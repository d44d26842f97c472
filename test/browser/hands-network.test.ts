import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { askForAddress, type PretendGuest, plugGuest } from '../kernel/rig/pretend-lan.ts';
import { agree as agreeBy, hands } from './rig/hands.ts';
import type { OpenedApp } from './rig/open-app.ts';
import { goTo, useApp } from './rig/use-app.ts';

const home = `<network><name>home</name><forward mode='nat'/><bridge name='br-home'/>
<ip address='10.61.7.1' prefix='24'><dhcp><range start='10.61.7.100' end='10.61.7.200'/></dhcp></ip></network>`;

let opened: OpenedApp;
let page: Page;
let guest: PretendGuest;

useApp({
  async prepare(app) {
    await app.change({ action: 'define-network', start: true, text: home });
    guest = plugGuest('vnet0', '52:54:00:00:00:31', 'br-home');
  },
  begin(each, app) {
    [page, opened] = [each, app];
  },
  tidy: () => guest.close(),
});

const go = (route: string) => goTo(page, route);

const button = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name, exact: true });
const field = (name: string) => page.getByLabel(name, { exact: true }).and(page.locator('input'));
const toggle = (name: RegExp) => page.getByRole('switch', { name });

async function networkNames(): Promise<readonly string[]> {
  const machine = await opened.app.handlers['machine.read']({});
  return machine.ok ? machine.value.networks.map(({ name }) => name) : [];
}

async function details(name = 'home') {
  const read = await opened.app.handlers['network.read']({ name });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

describe.each(hands)('$name', ({ press, write, pick }) => {
  const agree = () => agreeBy(page, { press });

  it('one press makes the default network, and another one undoes it', async () => {
    await go('#/new-network');
    await press(button('Make default'));
    await agree();
    await page.getByRole('heading', { level: 1, name: 'default' }).waitFor();
    expect(await networkNames()).toContain('default');
    await go('#/activity');
    await press(button(/^Undo.*default/).first());
    await agree();
    expect(await networkNames()).toEqual(['home']);
  });

  it('kind, subnet, DHCP and IPv6 of a new network are chosen, and it is removed again', async () => {
    await go('#/new-network');
    await press(button('Change something'));
    await write(field('Name'), 'quiet');
    await press(page.getByRole('radio', { name: /^Isolated/ }));
    await write(field('Subnet'), '10.61.20.1');
    await page.getByText(/is not a subnet/).waitFor();
    await write(field('Subnet'), '10.61.20.0/24');
    await press(toggle(/DHCP/));
    await press(toggle(/^IPv6/));
    await press(button('Make quiet'));
    await agree();
    await page.getByRole('heading', { level: 1, name: 'quiet' }).waitFor();
    const { text } = await details('quiet');
    expect(text).toContain("address='10.61.20.1'");
    expect(text).not.toMatch(/<dhcp>|family='ipv6'|<forward/);
    await press(button('More for this network'));
    await press(page.getByRole('menuitem', { name: /^Remove/ }));
    await agree();
    expect(await networkNames()).toEqual(['home']);
  });

  it('the address of a guest is pinned, and let go', async () => {
    const leased = askForAddress(guest, ['-x', 'hostname:web'])?.address;
    await go('#/network/home?tab=leases');
    await press(button(`Pin ${leased} to its guest`));
    await agree();
    const { kept } = await details();
    expect(kept).toEqual([expect.objectContaining({ address: leased, mac: '52:54:00:00:00:31', name: 'web' })]);
    await press(button(`Unpin ${leased}`));
    await agree();
    await button(`Pin ${leased} to its guest`).waitFor();
    expect((await details()).kept).toEqual([]);
  });

  it('a service is opened and closed', async () => {
    await go('#/network/home?tab=openings');
    await write(field('Service or port'), 'tcp/8088');
    await press(button('Open'));
    await agree();
    await page.getByText('nobody listens').waitFor();
    expect((await details()).openings).toEqual([{ protocol: 'tcp', ports: { low: 8088, high: 8088 } }]);
    await press(button('Close tcp/8088'));
    await agree();
    expect((await details()).openings).toEqual([]);
    await press(toggle(/^Open only what is named/));
    await agree();
    expect((await details()).openings).toBeNull();
  });

  it('a port is forwarded for a time, then said to be taken, and let go', async () => {
    await go('#/network/home?tab=forwards');
    await write(field('Port here'), '8080');
    await write(field('Guest'), '10.61.7.50');
    await write(field('Port of the guest'), '80');
    await pick(page.getByLabel('For how long'), 'two hours');
    await press(button('Forward'));
    await agree();
    expect((await details()).forwards).toMatchObject([{ hostPorts: { low: 8080 }, guestPorts: { low: 80 } }]);
    await page.getByRole('table', { name: 'Forwards' }).getByText('until', { exact: false }).waitFor();
    await write(field('Port here'), '8080');
    await page.getByText('network home forwards it already').waitFor();
    expect(await button('Forward').isDisabled()).toBe(true);
    await press(button('Stop forwarding tcp/8080'));
    await agree();
    expect((await details()).forwards).toEqual([]);
  });

  it('a way is closed and opened again', async () => {
    await go('#/network/home');
    for (const lan of [false, true]) {
      await press(page.getByRole('switch', { name: /^Your LAN/, checked: !lan }));
      await agree();
      expect((await details()).reach).toMatchObject({ lan, internet: true });
    }
  });

  it('every guest gets a filter, and none again', async () => {
    await go('#/network/home');
    const form = page.getByRole('region', { name: 'Filter of every card' });
    for (const name of ['no-mac-spoofing', 'none']) {
      await pick(form.getByLabel('Filter', { exact: true }), name);
      await press(form.getByRole('button', { name: /^See what this changes/ }));
      await agree();
      const machine = await opened.app.handlers['machine.read']({});
      const network = machine.ok ? machine.value.networks.find((each) => each.name === 'home') : undefined;
      expect(network?.defaultFilter).toBe(name === 'none' ? undefined : name);
    }
  });

  it('the rules are seen, and the network is stopped and started, with its guest on it', async () => {
    await go('#/network/home');
    await press(page.getByRole('tab', { name: 'Overview' }));
    await press(page.getByRole('tab', { name: 'Rules' }));
    await page.getByRole('table', { name: 'Rules with their counters' }).getByText('ct state').first().waitFor();
    await press(button('Stop'));
    await agree();
    await page.getByText('No rule of this network stands in the kernel').waitFor();
    await press(button('Start'));
    await agree();
    await page.getByRole('table', { name: 'Rules with their counters' }).waitFor();
    const machine = await opened.app.handlers['machine.read']({});
    expect(machine.ok && machine.value.nics.map(({ device, network }) => [device, network])).toEqual([
      ['vnet0', 'home'],
    ]);
  });

  it('XML that is wrong is told by its line, and right XML is taken', async () => {
    await go('#/network/home?tab=definition');
    const { text } = await details();
    await press(button('Edit'));
    const editor = page.getByLabel('XML of the network');
    await write(editor, text.replace('10.61.7.200', '10.61.7.300'));
    await page
      .getByText(/^Line \d+: /)
      .first()
      .waitFor();
    expect(await button(/^See what this changes/).isDisabled()).toBe(true);
    await write(editor, text.replace('10.61.7.200', '10.61.7.220'));
    await page.getByText('Nothing is wrong with it.').waitFor();
    await press(button(/^See what this changes/));
    await agree();
    expect((await details()).text).toContain('10.61.7.220');
    await opened.change({ action: 'define-network', start: true, text });
  });

  it('the network moves to a subnet that is free, and back by undo', async () => {
    await go('#/network/home');
    await press(button('More for this network'));
    await press(page.getByRole('menuitem', { name: /^Move to another subnet/ }));
    await write(page.getByLabel('New subnet'), '10.61.9.0/24');
    await press(page.getByRole('dialog').getByRole('button', { name: /^See what this changes/ }));
    await agree();
    expect((await details()).text).toContain("address='10.61.9.1'");
    await go('#/activity');
    await press(button(/^Undo.*home/).first());
    await agree();
    expect((await details()).text).toContain("address='10.61.7.1'");
  });
});
