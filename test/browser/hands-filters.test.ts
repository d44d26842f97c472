import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { agree as agreeBy, hands } from './rig/hands.ts';
import { ip, type OpenedApp } from './rig/open-app.ts';
import { seriousViolations } from './rig/serious-violations.ts';
import { goTo, useApp } from './rig/use-app.ts';

let opened: OpenedApp;
let page: Page;

useApp({
  async prepare(app) {
    ip('link add name gw-edit type bridge');
    ip('tuntap add dev gw-edited mode tap');
    ip('link set dev gw-edited addrgenmode none');
    ip('link set dev gw-edited master gw-edit up');
    const mac = '52:54:00:00:00:07';
    await app.change({ action: 'attach', device: 'gw-edited', filter: 'no-mac-spoofing', mac, parameters: {} });
  },
  begin(each, app) {
    [page, opened] = [each, app];
  },
  async tidy(app) {
    await app.change({ action: 'detach', device: 'gw-edited' });
    ip('link delete dev gw-edited');
    ip('link delete dev gw-edit');
  },
});

const go = (route: string) => goTo(page, route);

const main = () => page.getByRole('main');
const button = (name: string | RegExp) => main().getByRole('button', { name, exact: true });
const link = (name: string | RegExp) => main().getByRole('link', { name, exact: true });
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const editor = () => page.getByRole('textbox', { name: 'Filter as XML' });

async function filterNames(): Promise<readonly string[]> {
  const listed = await opened.app.handlers['filters.list']({});
  return listed.ok ? listed.value.filters.map(({ name }) => name) : [];
}

async function textOf(name: string): Promise<string> {
  const read = await opened.app.handlers['filters.read']({ name });
  return read.ok ? read.value.text : read.failure.message;
}

describe.each(hands)('$name', ({ press, write }) => {
  const agree = () => agreeBy(page, { press });

  it('a filter is written, told of what is wrong, saved, and removed', async () => {
    await go('#/filters');
    await press(link('New filter'));
    const rule = (direction: string) => `<rule action='drop' direction='${direction}'><tcp dstportstart='25'/></rule>`;
    await write(editor(), `<filter name='no-mail'>\n  ${rule('sideways')}\n</filter>`);
    await page.getByText('Line 2, column').first().waitFor();
    await page.getByText('Right would be: in, out, inout').waitFor();
    await write(editor(), `<filter name='no-mail'>\n  ${rule('out')}\n</filter>`);
    await page.getByText('Nothing is wrong with it.').waitFor();
    await press(button('Save'));
    await agree();
    await heading('no-mail').waitFor();
    expect(await textOf('no-mail')).toContain("direction='out'");
    await press(button('Remove'));
    await agree();
    await heading('Filters').waitFor();
    expect(await filterNames()).not.toContain('no-mail');
  });

  it('a filter is copied under a name of its own', async () => {
    await go('#/filters/no-mac-spoofing');
    await press(link('Duplicate'));
    await page.getByText('Nothing is wrong with it.').waitFor();
    await press(button('Save'));
    await agree();
    await heading('no-mac-spoofing-copy').waitFor();
    expect(await filterNames()).toContain('no-mac-spoofing-copy');
    await opened.change({ action: 'undefine-filter', filter: 'no-mac-spoofing-copy' });
  });

  it('what a change of a stock filter does is shown first, and the stock filter comes back', async () => {
    const stock = await textOf('no-mac-spoofing');
    await go('#/filters/no-mac-spoofing');
    await link('gw-edited').waitFor();
    await write(editor(), `<!-- mine -->\n${stock}`);
    await page.getByText('Saving changes the rules of 1 NIC at once').waitFor();
    await press(button('Save'));
    const preview = page.getByRole('dialog');
    await preview.getByText('+ <!-- mine -->').waitFor();
    // Of a stock filter that nobody had changed before, too, what stays is told from what comes.
    expect(await preview.getByText(/^\+ /).count()).toBe(1);
    expect(await seriousViolations(page)).toEqual([]);
    await agree();
    expect(await textOf('no-mac-spoofing')).toContain('mine');
    await press(button('Restore the stock filter'));
    await agree();
    await page.getByText('comes with Guestward').waitFor();
    expect(await textOf('no-mac-spoofing')).toBe(stock);
  });

  it('the library is a graph, and each filter in it leads to its page', async () => {
    await go('#/filters');
    await press(
      page.getByRole('radiogroup', { name: 'How the library is shown' }).getByRole('radio', { name: 'Graph' }),
    );
    await press(page.getByRole('link', { name: /^clean-traffic, takes in/ }));
    await heading('clean-traffic').waitFor();
  });
});
