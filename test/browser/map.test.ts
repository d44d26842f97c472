import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fail } from '../../shared/plan/outcome.ts';
import type { Machine } from '../../shared/rpc/machine.ts';
import { machineOf, networkOf, nicOf, nicsOn } from '../doubles/machine-of.ts';
import { clickLine, dragOver, mapNode, tabToMap } from './rig/on-map.ts';
import { type OpenedDouble, openDouble } from './rig/open-double.ts';
import type { Look } from './rig/open-pages.ts';
import { seriousViolations } from './rig/serious-violations.ts';

const output = fileURLToPath(new URL('../output/screens', import.meta.url));
const filter = { name: 'own', parameters: {} };
const few: Machine = machineOf({
  uplinks: [
    {
      device: 'wlp2s0',
      kind: 'wireless',
      up: true,
      addresses: ['192.168.1.23/24'],
      defaultFor: ['ipv4'],
      gateways: ['192.168.1.1'],
    },
    { device: 'wg0', kind: 'tunnel', up: true, addresses: ['10.8.0.2/32'], defaultFor: [], gateways: [] },
  ],
  foreignBridges: [{ device: 'docker0', owner: 'docker' }],
  networks: [networkOf('home'), networkOf('lab', { kind: 'isolated', started: false, addresses: ['10.20.31.1/24'] })],
  nics: [
    nicOf('vnet0', {
      network: 'home',
      bridge: 'br-home',
      hypervisor: { name: 'QEMU', guest: 'web' },
      addresses: [{ address: '10.20.30.101', from: 'lease' }],
      filter,
    }),
    nicOf('vnet1', { network: 'home', bridge: 'br-home', hypervisor: { name: 'QEMU', guest: 'mail' } }),
    nicOf('vnet9', {
      filter: { name: 'clean-traffic', parameters: {} },
      problems: [{ kind: 'apart', severity: 'error', message: 'vnet9 is in no bridge.', cure: 'Put it on a network.' }],
    }),
  ],
});
const many: Machine = machineOf({
  networks: [networkOf('farm'), networkOf('yard')],
  nics: [...nicsOn('farm', 800), ...nicsOn('yard', 200, 800)],
});

let opened: OpenedDouble;
let page: Page;

beforeAll(async () => {
  mkdirSync(output, { recursive: true });
  opened = await openDouble();
}, 60_000);

afterAll(async () => {
  await opened.close();
}, 60_000);

afterEach(async () => {
  await page.context().close();
  expect(opened.complaints).toEqual([]);
});

const node = (name: RegExp) => mapNode(page, name);
const panel = () => page.getByRole('complementary');
const view = (name: string) => page.locator('.mantine-SegmentedControl-label', { hasText: name });
const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent');
const rows = () => page.getByRole('table').getByRole('row');

async function open(machine: Machine, look?: Look): Promise<void> {
  opened.show(machine);
  page = await opened.newPage(look);
}

/** What a style is of the first element that the selector finds. */
const styleOf = (selector: string, style: string): Promise<string> =>
  page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)}))[${JSON.stringify(style)}]`);

/** Two counts, a second apart, between which so many bytes have passed. */
async function pass(device: string, bytes: number): Promise<void> {
  for (const [at, receivedBytes] of [
    [1000, 0],
    [2000, bytes],
  ] as const) {
    const counted = { receivedBytes, sentBytes: 0, receivedPackets: 0, sentPackets: 0 };
    opened.app.emit('machine.traffic', { at, devices: { [device]: counted } });
  }
}

describe('the map, over a double of the main side', () => {
  beforeEach(() => open(few));

  it('a click on a guest says what may pass, and Escape leads back', async () => {
    await node(/^Guest web/).click();
    await panel().getByRole('heading', { name: 'web: what may pass' }).waitFor();
    await panel().getByText('own judges every frame').waitFor();
    await panel().getByText('Your LAN: closed').waitFor();
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'hidden' });
    expect(await focused()).toContain('web');
  });

  it('a click on a line says the same as one on what it leads to', async () => {
    await node(/^Guest mail/).waitFor();
    await clickLine(page, 'network:home>nic:vnet1');
    await panel().getByRole('heading', { name: 'mail: what may pass' }).waitFor();
    await panel().getByText('None: it may send').waitFor();
    await clickLine(page, 'host>network:home');
    await panel().getByRole('heading', { name: 'home: what may pass' }).waitFor();
    await panel().getByText('No port of this computer leads to its guests.').waitFor();
  });

  it('the keyboard comes in by one Tab, goes along the lines, and opens with Enter', async () => {
    await node(/^Guest web/).waitFor();
    await view('Map').click();
    await tabToMap(page);
    expect(await focused()).toContain('workbench');
    const way = [
      ['ArrowLeft', 'wlp2s0'],
      ['ArrowDown', 'wg0'],
      ['ArrowRight', 'workbench'],
      ['ArrowRight', 'lab'],
      ['ArrowUp', 'home'],
      ['ArrowRight', 'web'],
      ['ArrowDown', 'mail'],
    ] as const;
    for (const [key, name] of way) {
      await page.keyboard.press(key);
      expect(await focused()).toContain(name);
    }
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('mail: what may pass');
    await page.keyboard.press('Escape');
    expect(await focused()).toContain('mail');
    // Out again by one Tab, to what makes the map larger.
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Larger');
  });

  it('says in words what is stopped, what leads out by which kind, and what is in no bridge', async () => {
    await node(/^Network lab stopped Isolated/).waitFor();
    await node(/^Way out wlp2s0 Wi-Fi · main way out/).waitFor();
    await node(/^Way out wg0 VPN/).waitFor();
    await node(/^Bridge docker0 bridge of Docker/).waitFor();
    await node(/^Guest vnet9 clean-traffic does not hold/).waitFor();
    await page.getByRole('button', { name: 'Show vnet9' }).click();
    await panel().getByText('It is plugged into no bridge').waitFor();
  });

  it('traffic is a word at its line, and a wider line that stands still where less motion is wanted', async () => {
    await node(/^Guest web/).waitFor();
    await pass('vnet0', 12_340_000);
    await page.getByText('12 MB/s').waitFor();
    const line = '[data-id="network:home>nic:vnet0"]';
    expect(await styleOf(`${line} .map-edge`, 'strokeWidth')).toBe('4.5px');
    expect(await styleOf(`${line} .map-flow`, 'display')).toBe('none');
  });

  it('traffic moves where motion is welcome', async () => {
    await page.context().close();
    await open(few, { motion: true });
    await node(/^Guest web/).waitFor();
    await pass('vnet0', 12_340_000);
    const flow = '[data-id="network:home>nic:vnet0"] .map-flow';
    await page.locator(flow).waitFor({ state: 'attached' });
    expect(await styleOf(flow, 'animationName')).toBe('map-flow');
  });

  it('what a guest’s own filter drops is told at the guest', async () => {
    await node(/^Guest web/).waitFor();
    const drop = { name: 'own:3', device: 'vnet0', direction: 'out', summary: 'x', count: 7, at: 0 } as const;
    opened.app.emit('drops.seen', { groups: [drop], lost: 0 });
    await node(/^Guest web.*7 dropped/).waitFor();
  });

  it('a guest is moved by dragging it onto a network, or by the menu, and the change is shown first', async () => {
    const moved = () => opened.app.calls.filter(({ method }) => method === 'change.preview').at(-1)?.params;
    const drag = () => dragOver(page, node(/^Guest web/), node(/^Network lab/));
    await node(/^Guest web/).waitFor();
    await drag();
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await drag();
    await page.mouse.up();
    await page.getByRole('dialog').waitFor();
    expect(moved()).toEqual({ actions: [{ action: 'move-nic', device: 'vnet0', network: 'lab' }] });
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    await node(/^Guest mail/).click();
    await panel().getByRole('button', { name: 'Move to another network' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Move to lab …' }).press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(moved()).toEqual({ actions: [{ action: 'move-nic', device: 'vnet1', network: 'lab' }] });
  });

  it('the table says the same, sorts, searches, and is there again when one comes back', async () => {
    await view('Table').click();
    await page.getByRole('row', { name: /web \(vnet0\) Guest home 10\.20\.30\.101 own/ }).waitFor();
    expect(await rows().count()).toBe(1 + 2 + 1 + 2 + 1 + 3);
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').press('Enter');
    expect(await rows().nth(1).textContent()).toContain('docker0');
    expect(await page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
    await page.getByRole('searchbox', { name: /Search by name/ }).fill('no bridge');
    await page.getByText('1 of 9 rows').waitFor();
    await page.getByRole('button', { name: 'vnet9', exact: true }).press('Enter');
    expect(await focused()).toBe('vnet9: what may pass');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('vnet9');
    await page.reload();
    await page.getByRole('table').waitFor();
  });
});

const looks: readonly (readonly [string, Look])[] = [
  ['light', {}],
  ['dark', { scheme: 'dark' }],
  ['contrast', { contrast: 'more' }],
  ['narrow', { width: 390, height: 844 }],
];

describe.each(looks)('%s, over a double of the main side', (name, look) => {
  it.each(['Map', 'Table'])('%s keeps nobody out, with its panel and without', async (which) => {
    await open(few, look);
    if (look.width !== undefined) await page.getByRole('table').waitFor();
    await view(which).click();
    if (which === 'Map') await node(/^Way out wlp2s0/).waitFor();
    await pass('wlp2s0', 500_000);
    await page.screenshot({ path: join(output, `home-${which}-${name}.png`) });
    expect(await seriousViolations(page)).toEqual([]);
    if (which === 'Map') await node(/^Way out wlp2s0/).click();
    else await page.getByRole('button', { name: /^web/ }).click();
    await panel().getByRole('heading', { level: 2 }).waitFor();
    await page.screenshot({ path: join(output, `home-${which}-${name}-panel.png`) });
    expect(await seriousViolations(page)).toEqual([]);
  });
});

describe('a thousand NICs, over a double of the main side', () => {
  beforeEach(() => open(many));

  it('are two nodes that say what they hide, and come apart with Enter', async () => {
    await node(/800 guests/)
      .last()
      .waitFor();
    expect(await page.locator('.map-nic').count()).toBe(0);
    await node(/^Guests 800 guests Show each/).press('Enter');
    await node(/^Guest guest-0/).waitFor();
    expect(await page.locator('.map-nic').count()).toBeLessThan(400);
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.screenshot({ path: join(output, 'home-thousand.png') });
    await node(/^Guests 800 guests Show as one/).press('Enter');
    await node(/^Guest guest-0/).waitFor({ state: 'hidden' });
  });

  it('are rows of which those in sight are drawn, to the last one', async () => {
    await view('Table').click();
    await page.getByText('1003 rows').waitFor();
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('1004');
    expect(await rows().count()).toBeLessThan(80);
    await page.getByRole('region', { name: 'Everything that the map shows' }).hover();
    await page.mouse.wheel(0, 1_000_000);
    await page.getByRole('button', { name: 'guest-999 (vnet999)' }).click();
    await panel().getByRole('heading', { name: 'guest-999: what may pass' }).waitFor();
  });
});

describe('where there is little to draw, over a double of the main side', () => {
  const newNetwork = () => page.getByRole('main').getByRole('link', { name: 'New network' });

  it('nothing at all: a network is offered', async () => {
    await open(machineOf());
    await page.getByText('No guest is on this computer').waitFor();
    expect(await newNetwork().count()).toBe(1);
  });

  it('guests without a network: one is offered above them', async () => {
    await open(machineOf({ nics: [nicOf('vnet0')] }));
    await page.getByText('There is no network for these guests yet.').waitFor();
    expect(await newNetwork().count()).toBe(1);
    await node(/^Guest vnet0/).waitFor();
  });

  it('without rights: what can be seen is shown, and no guest is called open', async () => {
    await open(machineOf({ force: 'unknown', nics: [nicOf('vnet0', { bridge: 'br-home' })] }));
    await node(/^Guest vnet0 filter not known/).waitFor();
    await page.getByText('Not everything is shown yet').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Unlock' }).waitFor();
  });

  it('a failure is told with its cure', async () => {
    opened.app.always('machine.read', async () =>
      fail({ kind: 'internal', message: 'The kernel did not answer.', cure: 'Look again.' }),
    );
    page = await opened.newPage();
    await page.getByText('The kernel did not answer.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  });
});
