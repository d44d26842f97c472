import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ip, type OpenedApp } from './rig/open-app.ts';
import { goTo, useApp } from './rig/use-app.ts';

let page: Page;
let opened: OpenedApp;

const home = "<network><name>home</name><bridge name='br-home'/><ip address='10.61.9.1' prefix='24'/></network>";
const attached = (device: string, address: string) => ({
  ...{ action: 'attach' as const, device, filter: 'clean-traffic', mac: '52:54:00:00:00:02' },
  parameters: { IP: [address] },
});

useApp({
  async prepare(app) {
    await app.change({ action: 'define-network', start: true, text: home });
    for (const device of ['vnet0', 'vnet1']) {
      ip(`tuntap add dev ${device} mode tap`);
      ip(`link set dev ${device} addrgenmode none`);
      ip(`link set dev ${device} master br-home up`);
    }
    await app.change(attached('vnet0', '10.61.9.7'), attached('vnet1', '10.61.9.8'));
  },
  begin(each, app) {
    [page, opened] = [each, app];
  },
  async tidy(app) {
    await app.change({ action: 'detach', device: 'vnet0' }, { action: 'detach', device: 'vnet1' });
    for (const device of ['vnet0', 'vnet1']) ip(`link delete dev ${device}`);
  },
});

const go = (route: string) => goTo(page, route);
const dialog = () => page.getByRole('dialog');
const button = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name, exact: true });
const editor = () => page.getByRole('textbox', { name: 'Filter as XML' });

async function titles(): Promise<readonly string[]> {
  const listed = await opened.app.handlers['activity.list']({ limit: 40 });
  return listed.ok ? listed.value.entries.map(({ title }) => title) : [];
}

describe('a change', () => {
  const lan = () => page.getByRole('switch', { name: /^Internet/ });

  it('is made once where Apply is pressed twice', async () => {
    const before = await titles();
    await go('#/network/home');
    await lan().click({ force: true });
    await dialog().getByRole('button', { name: 'Apply' }).dblclick();
    await dialog().waitFor({ state: 'detached' });
    expect((await titles()).length).toBe(before.length + 1);
  });

  it('is made by Enter as soon as it is shown, and left by Escape', async () => {
    const before = await titles();
    await go('#/network/home');
    await lan().click({ force: true });
    await dialog().getByText('Whom it interrupts').or(dialog().getByText('It interrupts nobody')).first().waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await titles()).toEqual(before);
    await lan().click({ force: true });
    await dialog().getByRole('button', { name: 'Apply' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    expect((await titles()).length).toBe(before.length + 1);
  });

  it('that cannot be made says why, and is closed', async () => {
    await opened.change({ action: 'define-filter', text: "<filter name='held'/>" });
    await opened.change({ action: 'define-filter', text: "<filter name='holder'><filterref filter='held'/></filter>" });
    await go('#/filters/held');
    await button('Remove').click();
    await dialog().getByText('This cannot be done').waitFor();
    await dialog().getByRole('button', { name: 'Close' }).last().click();
    await dialog().waitFor({ state: 'detached' });
    // What is in its way is gone: it is asked about anew.
    await opened.change({ action: 'undefine-filter', filter: 'holder' });
    await button('Remove').click();
    await dialog().getByRole('button', { name: 'Apply' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect((await opened.app.handlers['filters.read']({ name: 'held' })).ok).toBe(false);
  });

  it('is not left over another screen', async () => {
    await go('#/network/home');
    await lan().click({ force: true });
    await dialog().getByRole('button', { name: 'Apply' }).waitFor();
    await go('#/settings');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await dialog().waitFor({ state: 'detached' });
  });
});

describe('what is typed', () => {
  it('is there again after one was elsewhere, and after a reload, until one leaves it as it was', async () => {
    await go('#/filters/no-mac-spoofing');
    await editor().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('<!-- mine -->\n');
    await button('Leave as it was').waitFor();
    await go('#/filters');
    await go('#/filters/no-mac-spoofing');
    await editor().getByText('<!-- mine -->').waitFor();
    await page.reload();
    await editor().getByText('<!-- mine -->').waitFor();
    await button('Leave as it was').click();
    await editor().getByText('<!-- mine -->').waitFor({ state: 'detached' });
    expect(await button('Save').isDisabled()).toBe(true);
  });

  it('is not saved with errors, and says when it would be another filter', async () => {
    await go('#/filters/no-mac-spoofing');
    await editor().click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText("<filter name='other'><rule action='droop' direction='in'/></filter>");
    await page.getByText('Line 1, column').first().waitFor();
    expect(await button('Save').isDisabled()).toBe(true);
    await page.getByText('It is saved as other; no-mac-spoofing stays as it is.').waitFor();
    await button('Leave as it was').click();
  });

  it('of a new filter is left for what it began with', async () => {
    await go('#/filters?new=');
    await editor().click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText("<filter name='mine'/>");
    await button('Leave as it was').click();
    await editor().getByText('What it is for, and for whom').waitFor();
  });

  it('as a new filter under a name that there is, says so', async () => {
    await go('#/filters?new=');
    await editor().click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText("<filter name='clean-traffic'/>");
    await page.getByText('There is a filter clean-traffic already').waitFor();
  });

  it('of a new port is there again where its preview was left', async () => {
    await go('#/guests');
    await button('New port').click();
    await page.getByLabel('Name of the guest').fill('web');
    await dialog()
      .getByRole('button', { name: /^See what this changes/ })
      .click();
    await dialog().getByRole('button', { name: 'Cancel' }).last().click();
    await dialog().waitFor({ state: 'detached' });
    await button('New port').click();
    expect(await page.getByLabel('Name of the guest').inputValue()).toBe('web');
  });

  it('about a packet is answered as long as it stands there', async () => {
    await go('#/packet?device=vnet1');
    await button('It poses as another address').click();
    await page.getByText('It is dropped').waitFor();
    await page.getByRole('combobox', { name: 'A guest' }).selectOption('vnet0');
    await page.getByText('It is dropped').waitFor({ state: 'detached' });
    expect(await button('Allow this').count()).toBe(0);
  });
});

describe('a filter that is made on another page', () => {
  it('is in the list at once', async () => {
    await go('#/filters');
    await page.getByRole('heading', { level: 1, name: 'Filters' }).waitFor();
    await opened.change({ action: 'define-filter', text: "<filter name='came'/>" });
    await page.getByRole('main').getByRole('link', { name: 'came', exact: true }).waitFor();
    await opened.change({ action: 'undefine-filter', filter: 'came' });
    await page.getByRole('main').getByRole('link', { name: 'came', exact: true }).waitFor({ state: 'detached' });
  });
});

describe('a file that is imported', () => {
  it('is named where something is wrong with it', async () => {
    await go('#/settings');
    const asked = page.waitForEvent('filechooser');
    await button(/^Choose XML files/).click();
    const buffer = Buffer.from("<filter name='wrong'>\n  <rule action='droop' direction='in'/>\n</filter>");
    await (await asked).setFiles({ name: 'wrong.xml', mimeType: 'text/xml', buffer });
    await button(/^See what this changes/).click();
    await dialog().getByText('wrong.xml:2:').first().waitFor();
    await dialog().getByRole('button', { name: 'Close' }).last().click();
  });
});

describe('a guest that is protected by switches', () => {
  it('is given another address by the same field', async () => {
    await go('#/guests/vnet0');
    const protection = page.getByRole('region', { name: 'Protection' });
    await protection.getByLabel('Its IPv4 addresses').fill('10.61.9.x');
    await protection.getByText('An IPv4 address looks like').waitFor();
    await protection.getByLabel('Its IPv4 addresses').fill('10.61.9.77');
    await protection.getByRole('button').click();
    await dialog().getByRole('button', { name: 'Apply' }).click();
    await dialog().waitFor({ state: 'detached' });
    const machine = await opened.app.handlers['machine.read']({});
    const nic = machine.ok ? machine.value.nics.find(({ device }) => device === 'vnet0') : undefined;
    expect(nic?.filter?.parameters['IP']).toEqual(['10.61.9.77']);
  });
});

describe('a place that there is not', () => {
  it('is told with its name and a way back', async () => {
    await go('#/filters/nope');
    await page.getByRole('heading', { level: 1, name: 'nope' }).waitFor();
    await page.getByText('There is no filter nope').waitFor();
    await page.getByRole('link', { name: 'All filters' }).click();
    await page.getByRole('heading', { level: 1, name: 'Filters' }).waitFor();
  });
});
