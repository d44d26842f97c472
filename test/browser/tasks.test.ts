import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { ip, type OpenedApp } from './rig/open-app.ts';
import { goTo, useApp } from './rig/use-app.ts';

let opened: OpenedApp;
let page: Page;

useApp({
  begin(each, app) {
    [page, opened] = [each, app];
  },
});

const show = (route: string) => goTo(page, route);

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const machine = async () => {
  const read = await opened.app.handlers['machine.read']({});
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
};

/** The change that is shown is what is wanted. */
async function apply(): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

describe('from nothing', () => {
  it('one click makes a network that stands, and undoing it leaves nothing', async () => {
    await page.getByText('No guest is on this computer').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'New network' }).click();
    await page.getByRole('button', { name: 'Make default' }).click();
    await apply();
    await heading('default').waitFor();
    expect((await machine()).networks).toMatchObject([{ name: 'default', started: true, autostart: true }]);

    await show('#/activity');
    await page.getByRole('main').getByRole('button', { name: /^Undo/ }).first().click();
    await apply();
    await show('#/map');
    await page.getByText('No guest is on this computer').waitFor();
    expect((await machine()).networks).toEqual([]);
  });

  it('a subnet that somebody has is told whose it is, and range and domain are what one wants', async () => {
    // Not started: where the host's addresses change, Chromium gives up what it is loading.
    const text = "<network><name>barn</name><bridge name='br-barn'/><ip address='10.61.5.1' prefix='24'/></network>";
    await opened.change({ action: 'define-network', text, start: false });
    try {
      await show('#/new-network');
      await page.getByRole('button', { name: 'Change something' }).press('Enter');
      await page.getByLabel('Name', { exact: true }).fill('farm');
      await page.getByLabel('Subnet', { exact: true }).fill('10.61.5.0/24');
      await page.getByText(/10\.61\.5\.0\/24 is taken by/).waitFor();
      await page.getByLabel('Subnet', { exact: true }).fill('10.61.6.0/24');
      await page.getByLabel('Last address for guests').fill('10.61.7.9');
      await page.getByText('The range is not inside of the subnet.').waitFor();
      await page.getByLabel('Last address for guests').fill('10.61.6.120');
      await page.getByLabel('Domain of their names').fill('farm.example');
      await page.getByRole('button', { name: 'Make farm' }).press('Enter');
      await apply();
      await heading('farm').waitFor();
      const read = await opened.app.handlers['network.read']({ name: 'farm' });
      expect(read.ok && read.value.text).toMatch(/<domain name='farm\.example'.*end='10\.61\.6\.120'/s);
    } finally {
      await opened.change({ action: 'remove-network', network: 'barn' });
      await opened.change({ action: 'remove-network', network: 'farm' });
    }
  });
});

describe('a filter that does not hold', () => {
  it('is no shield: the NIC is said to be in no bridge', async () => {
    ip('tuntap add dev gw-apart mode tap');
    const mac = '52:54:00:00:00:03';
    await opened.change({ action: 'attach', device: 'gw-apart', filter: 'no-mac-spoofing', mac, parameters: {} });
    try {
      await show('#/map');
      await page.getByRole('button', { name: /^Guest gw-apart no-mac-spoofing does not hold/ }).waitFor();
      await page
        .getByText(/gw-apart is in no bridge/)
        .first()
        .waitFor();
    } finally {
      await opened.change({ action: 'detach', device: 'gw-apart' });
      ip('link delete dev gw-apart');
    }
  });
});

describe('a file that is opened with the app (told as the window would)', () => {
  const open = (name: string, text: string) => opened.tell('app.open-file', { name, text });
  // As the window waits for its page's first call: before that nobody listens.
  beforeEach(() => page.getByText('No guest is on this computer').waitFor());

  it('is looked at, shown as a change, and taken in', async () => {
    open('quiet.xml', "<filter name='quiet'>\n  <rule action='drop' direction='in'><all/></rule>\n</filter>\n");
    await page.getByRole('dialog', { name: 'Opened: quiet.xml' }).getByText('A filter, in').waitFor();
    await page.getByRole('button', { name: 'See what this changes …' }).click();
    await apply();
    const { value } = (await opened.app.handlers['filters.list']({})) as { value: { filters: { name: string }[] } };
    expect(value.filters.map(({ name }) => name)).toContain('quiet');
    await opened.change({ action: 'undefine-filter', filter: 'quiet' });
  });

  it('is refused with its place where it is wrong, and left where it is neither filter nor network', async () => {
    open('wrong.xml', "<filter name='wrong'>\n  <rule action='droop' direction='in'/>\n</filter>\n");
    open('other.xml', '<domain/>');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Line 2', { exact: false }).first().waitFor();
    expect(await page.getByRole('button', { name: 'See what this changes …' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Leave it' }).click();
    await page.getByRole('dialog', { name: 'Opened: other.xml' }).getByText('neither a filter nor a network').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).last().click();
    await dialog.waitFor({ state: 'detached' });
  });
});

describe('a filter in the editor', () => {
  const editor = () => page.getByRole('textbox', { name: 'Filter as XML' });
  /** Takes the first proposal, when this one is among them. For its first 75 ms a list takes no key (CodeMirror's interactionDelay). */
  const takeProposal = async (name: string): Promise<void> => {
    await page.getByRole('option', { name, exact: true }).waitFor();
    await page.waitForTimeout(150);
    await page.keyboard.press('Enter');
  };

  it('is written with what is proposed, told of what is wrong, and saved', async () => {
    await show('#/filters?new=');
    await editor().click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('<fil', { delay: 20 });
    await takeProposal('filter');
    await page.keyboard.type('no-mail', { delay: 20 });
    await page.keyboard.press('End');
    await page.keyboard.type("\n<rule action='drop' direction='sideways'><tcp dstp", { delay: 10 });
    await takeProposal('dstportstart');
    await page.keyboard.type('25', { delay: 10 });
    await page.keyboard.press('ArrowRight');
    // The end tag of the rule stands already.
    await page.keyboard.type('/>', { delay: 10 });
    await page.getByText('Line 2, column').first().waitFor();
    await page.getByText('Right would be: in, out, inout').waitFor();

    await page.getByText('sideways').first().dblclick();
    await page.keyboard.type('out', { delay: 10 });
    await page.getByText('Nothing is wrong with it.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await apply();
    await heading('no-mail').waitFor();
    const { value } = (await opened.app.handlers['filters.read']({ name: 'no-mail' })) as { value: { text: string } };
    expect(value.text).toContain("dstportstart='25'");
    await opened.change({ action: 'undefine-filter', filter: 'no-mail' });
  });

  it('explains the word under the pointer', async () => {
    await show('#/filters/no-mac-spoofing');
    await editor().getByText('direction').first().hover();
    await page.getByText('sent by the guest', { exact: false }).first().waitFor();
  });
});

describe('a screen whose file does not come', () => {
  /** Chromium says of each that it did not come; that is no complaint of ours. */
  async function failing(times: number): Promise<void> {
    let left = times;
    await page.route('**/settings-screen-*.js', (route) => {
      left -= 1;
      return left >= 0 ? route.abort() : route.continue();
    });
  }
  const forget = () => expect(opened.takeComplaints().every((each) => each.includes('ERR_FAILED'))).toBe(true);

  it('is loaded again by itself', async () => {
    await failing(1);
    await show('#/settings');
    await heading('Settings').waitFor();
    forget();
  });

  it('leaves the others as they are, and says what helps', async () => {
    await failing(100);
    await show('#/settings');
    await page.getByText('This part of the app did not load').waitFor();
    await page.getByRole('button', { name: 'Load the app again' }).waitFor();
    await show('#/filters');
    await heading('Filters').waitFor();
    opened.takeComplaints();
  });
});
