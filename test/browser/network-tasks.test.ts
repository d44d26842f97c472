import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ip, type OpenedApp } from './rig/open-app.ts';
import { goTo, useApp } from './rig/use-app.ts';

let opened: OpenedApp;
let page: Page;

useApp({
  async prepare(app) {
    await app.change({
      action: 'define-network',
      start: true,
      text: `<network><name>home</name><forward mode='nat'/><bridge name='br-home'/><domain name='home.internal'/>
<ip address='10.61.7.1' prefix='24'><dhcp><range start='10.61.7.100' end='10.61.7.200'/></dhcp></ip></network>`,
    });
    ip('tuntap add dev vnet0 mode tap');
    ip('link set dev vnet0 master br-home up');
  },
  begin(each, app) {
    [page, opened] = [each, app];
  },
  tidy: () => ip('link delete dev vnet0'),
});

const go = (route: string) => goTo(page, route);

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

/** Agrees to what the dialog says will happen, and waits until it has. */
async function agree(how: 'mouse' | 'keyboard'): Promise<void> {
  const apply = page.getByRole('dialog').getByRole('button', { name: 'Apply', exact: true });
  await apply.waitFor();
  if (how === 'mouse') await apply.click();
  else {
    await apply.focus();
    await page.keyboard.press('Enter');
  }
  await apply.waitFor({ state: 'detached' });
}

async function details() {
  const read = await opened.app.handlers['network.read']({ name: 'home' });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

async function filterOf(device: string) {
  const machine = await opened.app.handlers['machine.read']({});
  return machine.ok ? machine.value.nics.find((nic) => nic.device === device)?.filter : undefined;
}

describe('on the screen of a network', () => {
  it('a switch closes a way, with the mouse', async () => {
    await go('#/network/home');
    await page.getByRole('switch', { name: /^Your LAN/ }).click({ force: true });
    await agree('mouse');
    expect((await details()).reach).toMatchObject({ lan: false, internet: true });
  });

  it('a service is opened by its name, with the keyboard', async () => {
    await go('#/network/home?tab=openings');
    await page.getByLabel('Service or port').and(page.locator('input')).focus();
    await page.keyboard.type('udp/5000-5010');
    await page.keyboard.press('Enter');
    await agree('keyboard');
    expect((await details()).openings).toEqual([{ protocol: 'udp', ports: { low: 5000, high: 5010 } }]);
    await page.getByText('nobody listens').waitFor();
  });

  it('a port is forwarded for a time, and then is said to be taken as one types it', async () => {
    await go('#/network/home?tab=forwards');
    await page.getByLabel('Port here').fill('8080');
    await page.getByText('The port is free.').waitFor();
    await page.getByLabel('Guest', { exact: true }).and(page.locator('input')).fill('10.61.7.50');
    await page.getByLabel('Port of the guest').fill('80');
    await page.getByLabel('For how long').selectOption({ label: 'two hours' });
    await button('Forward').click();
    await agree('mouse');
    const [forward] = (await details()).forwards;
    expect(forward).toMatchObject({ hostPorts: { low: 8080 }, guestPorts: { low: 80 } });
    expect(forward?.expires).toBeGreaterThan(Date.now() / 1000);
    await page.getByLabel('Port here').fill('8080');
    await page.getByText('network home forwards it already').waitFor();
    expect(await button('Forward').isDisabled()).toBe(true);
  });

  it('XML that is wrong is told by its line, and right XML is taken', async () => {
    await go('#/network/home?tab=definition');
    await button('Edit').click();
    const editor = page.getByLabel('XML of the network');
    const text = (await details()).text;
    await editor.fill(text.replace('10.61.7.200', '10.61.7.300'));
    await page
      .getByText(/^Line \d+: /)
      .first()
      .waitFor();
    expect(await button(/^See what this changes/).isDisabled()).toBe(true);
    await editor.fill(text.replace('10.61.7.200', '10.61.7.220'));
    await page.getByText('Nothing is wrong with it.').waitFor();
    await button(/^See what this changes/).click();
    await agree('mouse');
    expect((await details()).text).toContain('10.61.7.220');
  });

  it('rules stand with their counters', async () => {
    await go('#/network/home?tab=rules');
    await page.getByRole('table', { name: 'Rules with their counters' }).getByText('ct state').first().waitFor();
  });

  it('the network moves to a subnet that is free, with the keyboard', async () => {
    await go('#/network/home');
    await button('More for this network').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /^Move to another subnet/ }).press('Enter');
    await page.getByLabel('New subnet').fill('10.61.9.0/24');
    await page.keyboard.press('Enter');
    await agree('keyboard');
    expect((await details()).text).toContain("address='10.61.9.1'");
  });
});

describe('on the screen of the guests', () => {
  it('three switches protect a guest, and take it away again', async () => {
    await go('#/guests/vnet0');
    await page.getByRole('switch', { name: /^Cannot hand out addresses/ }).click({ force: true });
    await page.getByRole('switch', { name: /^Only answers/ }).click({ force: true });
    const mac = page.getByRole('region', { name: 'Protection' }).getByLabel('Its MAC address');
    if ((await mac.count()) > 0) await mac.fill('52:54:00:00:00:07');
    await page.getByRole('region', { name: 'Protection' }).getByRole('button').click();
    await agree('mouse');
    expect(await filterOf('vnet0')).toEqual({ name: 'guest-vnet0', parameters: {} });
    await page.getByRole('switch', { name: /^Only answers/, checked: true }).click({ force: true });
    await page.getByRole('switch', { name: /^Cannot hand out/ }).click({ force: true });
    await page.getByRole('region', { name: 'Protection' }).getByRole('button').click();
    await agree('mouse');
    expect(await filterOf('vnet0')).toBeUndefined();
  });

  it('a filter of the library asks for what it needs, with the keyboard', async () => {
    await go('#/guests/vnet0');
    const form = page.getByRole('region', { name: 'A filter of the library' });
    await form.getByLabel('Filter', { exact: true }).selectOption('clean-traffic');
    const mac = form.getByLabel('Its MAC address');
    if ((await mac.count()) > 0) await mac.fill('52:54:00:00:00:07');
    await form.getByLabel('Value of IP').fill('10.61.9.7, 10.61.9.8');
    await page.keyboard.press('Enter');
    await agree('keyboard');
    expect(await filterOf('vnet0')).toEqual({ name: 'clean-traffic', parameters: { IP: ['10.61.9.7', '10.61.9.8'] } });
    await form.getByRole('button', { name: /^Take the filter away/ }).click();
    await agree('mouse');
    expect(await filterOf('vnet0')).toBeUndefined();
  });

  it('a port is made, with the lines to paste, and deleted', async () => {
    await go('#/guests');
    await button('New port').click();
    await page.getByLabel('Name of the guest').fill('web');
    await button(/^See what this changes/).click();
    await agree('mouse');
    await page.getByText(/-netdev tap,id=gw/).waitFor();
    await page.getByRole('tab', { name: 'Firecracker' }).click();
    await page.getByText('host_dev_name').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: /^web/ }).click();
    await button(/^Delete this port/).click();
    await agree('mouse');
    const machine = await opened.app.handlers['machine.read']({});
    expect(machine.ok && machine.value.nics.map(({ device }) => device)).toEqual(['vnet0']);
  });
});
