import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildFrame } from '../../main/compiler/evaluate/build-frame.ts';
import { findServiceUser } from '../../main/helper/service-user.ts';
import { openTap, type Tap } from '../kernel/rig/tap.ts';
import { ip, type OpenedApp, openApp } from './rig/open-app.ts';
import { seriousViolations } from './rig/serious-violations.ts';

let opened: OpenedApp;
let guest: Tap;
let page: Page;

beforeAll(async () => {
  opened = await openApp();
  ip('link add br-drops type bridge');
  guest = openTap('vnet0');
  ip('link set vnet0 master br-drops');
  // To Chromium a new address is another network, and it gives up what it was loading.
  for (const device of ['br-drops', 'vnet0']) ip(`link set ${device} addrgenmode none`);
  ip('link set br-drops up');
  ip('link set vnet0 up');
  await opened.change({
    ...{ action: 'attach', device: 'vnet0', filter: 'clean-traffic', mac: '52:54:00:00:00:02' },
    parameters: { IP: ['10.61.7.7'] },
  });
  page = await opened.newPage();
}, 60_000);

afterAll(async () => {
  await opened.change({ action: 'detach', device: 'vnet0' });
  guest.close();
  ip('link delete br-drops');
  await opened.close();
}, 60_000);

/** From an address that is not the guest's. */
const lie = buildFrame({
  sourceMac: 0x525400000002n,
  destinationMac: 0x525400000001n,
  content: {
    ...{ protocol: 'tcp', family: 'ipv4', source: 0x0a000009n, destination: 0x0a000001n },
    ...{ sourcePort: 40_000, destinationPort: 80, flags: 2 },
  },
});

it.runIf(findServiceUser('tcpdump') !== null)(
  'a packet is shown as a rule drops it, with its guest and rule, and can be tried with one click',
  async () => {
    await page.evaluate(`location.hash = '#/activity/drops'`);
    await page.getByText('Nothing was dropped since you look').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    for (let sent = 0; sent < 3; sent += 1) guest.write(lie);
    const row = page.getByRole('row').filter({ hasText: 'tcp 10.0.0.9:40000 > 10.0.0.1:80' });
    await row.getByRole('cell', { name: '3', exact: true }).waitFor();
    await row.getByRole('link', { name: 'no-ip-spoofing, line 11' }).waitFor();
    await row.getByRole('link', { name: 'vnet0' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await row.getByRole('link', { name: /^Try this packet/ }).click();
    await page.getByRole('heading', { level: 1, name: /packet/i }).waitFor();
    await page.getByRole('button', { name: 'See what happens' }).click();
    await page.getByText('It is dropped').waitFor();
    expect(opened.complaints).toEqual([]);
  },
  60_000,
);
