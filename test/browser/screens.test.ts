import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action } from '../../shared/rpc/changes.ts';
import { ip, type Look, type OpenedApp, openApp } from './rig/open-app.ts';
import { seriousViolations } from './rig/serious-violations.ts';

const output = fileURLToPath(new URL('../output/screens', import.meta.url));

const network = (name: string, forward: string, subnet: string): Action => ({
  action: 'define-network',
  start: true,
  text: `<network><name>${name}</name>${forward}<bridge name='br-${name}'/><domain name='${name}.internal'/>
<ip address='${subnet}.1' prefix='24'><dhcp><range start='${subnet}.100' end='${subnet}.200'/>
<host mac='52:54:00:00:00:31' ip='${subnet}.31' name='kept'/></dhcp></ip></network>`,
});

/** An ARP question of vnet0's guest that says to come from another address than its own. */
const lie = 'ffffffffffff525400000002080600010800060400015254000000020a3d07630000000000000a3d0701';

/** Every screen by its route, and words that stand on it once it is there. */
const screens: readonly (readonly [string, string, RegExp])[] = [
  ['map', '#/map', /home/],
  ['guests', '#/guests', /vnet0/],
  ['guest', '#/guests/vnet0', /vnet0/],
  ['filters', '#/filters', /clean-traffic/],
  ['filter', '#/filters/clean-traffic', /no-mac-spoofing/],
  ['filter-graph', '#/filters?look=graph', /clean-traffic/],
  ['packet', '#/packet', /packet/i],
  ['packet-traced', `#/packet?device=vnet0&direction=out&frame=${lie}`, /It is dropped/],
  ['new-filter', '#/filters?new=', /Nothing is wrong with it/],
  ['activity', '#/activity', /home/],
  ['drops', '#/activity/drops', /Nothing was dropped since you look/],
  ['health', '#/activity/health', /Look at this|Broken|All is well/],
  ['settings', '#/settings', /nftables/],
  ['new-network', '#/new-network', /network/i],
  ['network', '#/network/home', /10\.61\.7/],
  ['leases', '#/network/home?tab=leases', /10\.61\.7\.31/],
  ['openings', '#/network/home?tab=openings', /tcp\/8088/],
  ['forwards', '#/network/home?tab=forwards', /8080/],
  ['names', '#/network/home?tab=names', /home\.internal/],
  ['rules', '#/network/home?tab=rules', /ct state/],
  ['definition', '#/network/home?tab=definition', /forward/],
];

const looks: readonly (readonly [string, Look])[] = [
  ['light', {}],
  ['dark', { scheme: 'dark' }],
  ['contrast', { contrast: 'more' }],
  ['narrow', { width: 390, height: 844 }],
];

let opened: OpenedApp;

beforeAll(async () => {
  mkdirSync(output, { recursive: true });
  opened = await openApp();
  await opened.change(network('home', "<forward mode='nat'/>", '10.61.7'), network('lab', '', '10.61.8'));
  for (const [at, name] of ['home', 'home', 'home', 'lab'].entries()) {
    ip(`tuntap add dev vnet${at} mode tap`);
    ip(`link set dev vnet${at} addrgenmode none`);
    ip(`link set dev vnet${at} master br-${name} up`);
  }
  const parameters = { IP: ['10.61.7.7'] };
  const openings = [{ protocol: 'tcp', ports: { low: 8088, high: 8088 } }] as const;
  await opened.change(
    { action: 'set-openings', network: 'home', openings: [...openings] },
    {
      ...{ action: 'add-forward', network: 'home' },
      forward: {
        ...{ protocol: 'tcp', hostPorts: { low: 8080, high: 8080 }, guestPorts: { low: 80, high: 80 } },
        guest: { by: 'address', address: '10.61.7.31' },
      },
    },
  );
  await opened.change({
    action: 'attach',
    device: 'vnet0',
    filter: 'clean-traffic',
    mac: '52:54:00:00:00:02',
    parameters,
  });
}, 60_000);

afterAll(async () => {
  await opened.change({ action: 'detach', device: 'vnet0' });
  for (const at of [0, 1, 2, 3]) ip(`link delete dev vnet${at}`);
  await opened.close();
}, 60_000);

describe.each(looks)('%s, every screen', (name, look) => {
  let page: Page;
  beforeAll(async () => {
    page = await opened.newPage(look);
  });
  afterAll(() => page.context().close());

  it.each(screens)('%s is there, complains of nothing, and keeps nobody out', async (screen, route, words) => {
    await page.evaluate(`location.hash = ${JSON.stringify(route)}`);
    await page.getByRole('main').getByText(words).filter({ visible: true }).first().waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByText('This could not be shown').count()).toBe(0);
    await page.screenshot({ path: join(output, `${screen}-${name}.png`), fullPage: false });
    expect(await seriousViolations(page)).toEqual([]);
    expect(opened.takeComplaints()).toEqual([]);
  });

  it('a change is shown before it is made', async () => {
    await page.evaluate(`location.hash = '#/network/home'`);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Whom it interrupts').waitFor();
    await page.screenshot({ path: join(output, `change-${name}.png`) });
    expect(await seriousViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).last().click();
  });
});
