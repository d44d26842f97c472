import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { agree as agreeBy, hands } from './rig/hands.ts';
import type { OpenedApp } from './rig/open-app.ts';
import { goTo, useApp } from './rig/use-app.ts';

const network = (name: string, subnet: string) =>
  `<network><name>${name}</name><bridge name='br-${name}'/><ip address='${subnet}.1' prefix='24'/></network>`;

let opened: OpenedApp;
let page: Page;

useApp({
  prepare: (app) =>
    app.change(
      { action: 'define-network', start: true, text: network('home', '10.61.7') },
      { action: 'define-network', start: true, text: network('lab', '10.61.8') },
    ),
  begin(each, app) {
    [page, opened] = [each, app];
  },
});

const go = (route: string) => goTo(page, route);

const heading = (name: string) => page.getByRole('heading', { level: 1, name });
const scheme = () => page.evaluate('document.documentElement.dataset.mantineColorScheme');

describe.each(hands)('$name', ({ name: hand, press }) => {
  const agree = () => agreeBy(page, { press });

  it('the theme is chosen', async () => {
    await go('#/settings');
    const theme = page.getByRole('radiogroup', { name: 'Theme' });
    for (const [label, chosen] of [
      ['Dark', 'dark'],
      ['Light', 'light'],
    ] as const) {
      await press(theme.getByRole('radio', { name: label }));
      await expect.poll(scheme).toBe(chosen);
    }
  });

  it('everything is exported, and a filter is imported', async () => {
    await go('#/settings');
    const downloaded = page.waitForEvent('download');
    await press(page.getByRole('button', { name: 'Export', exact: true }));
    expect((await downloaded).suggestedFilename()).toBe('guestward.tar');
    const asked = page.waitForEvent('filechooser');
    await press(page.getByRole('button', { name: /^Choose XML files/ }));
    const name = `imported-${hand.replace(' ', '-')}`;
    const text = `<filter name='${name}'><rule action='drop' direction='in'/></filter>`;
    await (await asked).setFiles({ name: `${name}.xml`, mimeType: 'text/xml', buffer: Buffer.from(text) });
    await press(page.getByRole('main').getByRole('button', { name: /^See what this changes/ }));
    await agree();
    const read = await opened.app.handlers['filters.read']({ name });
    expect(read.ok && read.value.text).toContain("action='drop'");
    await opened.change({ action: 'undefine-filter', filter: name });
  });

  it('a screen is gone to from the command palette', async () => {
    await go('#/map');
    await heading('Map').waitFor();
    const search = page.getByRole('dialog').getByLabel('Search and commands');
    if (hand === 'by keyboard') await page.keyboard.press('Control+k');
    else await press(page.getByRole('button', { name: 'Search and commands' }));
    await search.waitFor();
    await page.keyboard.type('Settin');
    const found = page.getByRole('dialog').getByText('Settings', { exact: true });
    await found.waitFor();
    if (hand === 'by keyboard') await page.keyboard.press('Enter');
    else await found.click();
    await heading('Settings').waitFor();
  });
});
