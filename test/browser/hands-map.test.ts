import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { agree as agreeBy, byMouse, hands } from './rig/hands.ts';
import { clickLine, dragOver, mapNode, tabToMap } from './rig/on-map.ts';
import type { OpenedApp } from './rig/open-app.ts';
import { goTo, useApp } from './rig/use-app.ts';

const network = (name: string, subnet: string) =>
  `<network><name>${name}</name><bridge name='br-${name}'/><ip address='${subnet}.1' prefix='24'/></network>`;

let page: Page;
let opened: OpenedApp;
let port: string;

useApp({
  async prepare(app) {
    await app.change(
      { action: 'define-network', start: true, text: network('home', '10.61.7') },
      { action: 'define-network', start: true, text: network('lab', '10.61.8') },
    );
    await app.change({ action: 'new-port', network: 'home', guest: 'web' });
    port = (await nic(app)).device;
  },
  begin(each, app) {
    [page, opened] = [each, app];
  },
  tidy: (app) => app.change({ action: 'delete-port', device: port }),
});

async function nic({ app }: OpenedApp) {
  const machine = await app.handlers['machine.read']({});
  const found = machine.ok ? machine.value.nics[0] : undefined;
  if (found === undefined) throw new Error('the port is not seen');
  return found;
}

const panel = () => page.getByRole('complementary');
const says = (text: string) => panel().getByRole('heading', { name: `${text}: what may pass` });
const view = (name: string) => page.getByRole('radiogroup', { name: 'How to show it' }).getByRole('radio', { name });
const web = () => mapNode(page, /^Guest web/);

beforeEach(() => goTo(page, '#/map'));

describe('by mouse', () => {
  it('a guest, its line, its network and the computer say what may pass', async () => {
    await web().click();
    await says('web').waitFor();
    await panel().getByText('None: it may send').waitFor();
    await clickLine(page, 'host>network:lab');
    await says('lab').waitFor();
    await clickLine(page, `network:home>nic:${port}`);
    await says('web').waitFor();
    await mapNode(page, /^Network home/).click();
    await says('home').waitFor();
  });

  it('a guest is dragged onto another network, and dragged back', async () => {
    for (const name of ['lab', 'home']) {
      await dragOver(page, web(), mapNode(page, new RegExp(`^Network ${name}`)));
      await page.mouse.up();
      await agreeBy(page, byMouse);
      expect((await nic(opened)).network).toBe(name);
    }
  });
});

describe('by keyboard', () => {
  it('a guest, its network and the computer say what may pass', async () => {
    await web().waitFor();
    await tabToMap(page);
    const way = [
      ['ArrowRight', 'home'],
      ['ArrowRight', 'web'],
      ['ArrowLeft', 'home'],
      ['ArrowDown', 'lab'],
    ] as const;
    for (const [key, name] of way) {
      await page.keyboard.press(key);
      await page.keyboard.press('Enter');
      await says(name).waitFor();
      await page.keyboard.press('Escape');
      await panel().waitFor({ state: 'hidden' });
    }
  });
});

describe.each(hands)('$name', ({ press, write }) => {
  const agree = () => agreeBy(page, { press });

  it('a guest is moved to another network by the menu of its panel, from the table and back', async () => {
    await press(view('Table'));
    for (const name of ['lab', 'home']) {
      await write(page.getByRole('searchbox', { name: /Search by name/ }), 'web');
      await press(page.getByRole('table').getByRole('button', { name: /^web/ }));
      await says('web').waitFor();
      await press(panel().getByRole('button', { name: 'Move to another network' }));
      await press(page.getByRole('menuitem', { name: `Move to ${name} …` }));
      await agree();
      expect((await nic(opened)).network).toBe(name);
      await page.keyboard.press('Escape');
    }
    await press(view('Map'));
    await web().waitFor();
  });
});
