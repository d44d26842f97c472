import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { buildFrame } from '../../main/compiler/evaluate/build-frame.ts';
import { findServiceUser } from '../../main/helper/service-user.ts';
import { runTool } from '../kernel/rig/run-tool.ts';
import { openTap, type Tap } from '../kernel/rig/tap.ts';
import { agree as agreeBy, hands } from './rig/hands.ts';
import { ip, type OpenedApp } from './rig/open-app.ts';
import { seriousViolations } from './rig/serious-violations.ts';
import { goTo, useApp } from './rig/use-app.ts';

let page: Page;
let opened: OpenedApp;
let guest: Tap;

useApp({
  async prepare(app) {
    ip('link add br-drops type bridge');
    guest = openTap('vnet0');
    ip('link set vnet0 master br-drops');
    // To Chromium a new address is another network, and it gives up what it was loading.
    for (const device of ['br-drops', 'vnet0']) ip(`link set ${device} addrgenmode none`);
    ip('link set br-drops up');
    ip('link set vnet0 up');
    await app.change({
      ...{ action: 'attach', device: 'vnet0', filter: 'clean-traffic', mac: '52:54:00:00:00:02' },
      parameters: { IP: ['10.61.7.7'] },
    });
  },
  begin(each, app) {
    [page, opened] = [each, app];
  },
  async tidy(app) {
    await app.change({ action: 'detach', device: 'vnet0' });
    guest.close();
    ip('link delete br-drops');
  },
});

const go = (route: string) => goTo(page, route);

/** From an address that is not the guest's. */
const lie = buildFrame({
  sourceMac: 0x525400000002n,
  destinationMac: 0x525400000001n,
  content: {
    ...{ protocol: 'tcp', family: 'ipv4', source: 0x0a000009n, destination: 0x0a000001n },
    ...{ sourcePort: 40_000, destinationPort: 80, flags: 2 },
  },
});

describe.each(hands)('$name', ({ name, press }) => {
  const agree = () => agreeBy(page, { press });

  it.runIf(findServiceUser('tcpdump') !== null)(
    'a packet is shown as a rule drops it, with its guest and rule, and is tried',
    async () => {
      await go('#/activity');
      await press(page.getByRole('tab', { name: 'Dropped' }));
      await page.getByText('Nothing was dropped since you look').waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      for (let sent = 0; sent < 3; sent += 1) guest.write(lie);
      const row = page.getByRole('row').filter({ hasText: 'tcp 10.0.0.9:40000 > 10.0.0.1:80' });
      await row.getByRole('cell', { name: '3', exact: true }).waitFor();
      await row.getByRole('link', { name: 'no-ip-spoofing, line 11' }).waitFor();
      await row.getByRole('link', { name: 'vnet0' }).waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await press(row.getByRole('link', { name: /^Try this packet/ }));
      await page.getByRole('heading', { level: 1, name: /packet/i }).waitFor();
      await press(page.getByRole('button', { name: 'See what happens' }));
      await page.getByText('It is dropped').waitFor();
    },
  );

  it('what is in the way of a network is found, mended, and left as it was by undo', async () => {
    const network = name.replace(' ', '-');
    const subnet = name === 'by mouse' ? '10.61.7' : '10.61.8';
    const text = `<network><name>${network}</name><forward mode='nat'/><bridge name='br-${network}'/><ip address='${subnet}.1' prefix='24'/></network>`;
    await opened.change({ action: 'define-network', start: true, text });
    const rules = () => runTool('/usr/sbin/iptables-nft', ['-S']);
    runTool('/usr/sbin/iptables-nft', ['-A', 'FORWARD', '-s', `${subnet}.0/24`, '-j', 'DROP']);
    const before = rules();
    await go('#/activity');
    await press(page.getByRole('tab', { name: 'Health' }));
    await page.getByText('1 thing is in the way.').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await press(page.getByRole('button', { name: 'Mend this' }));
    await agree();
    await page.getByText('All is well').waitFor();
    expect(rules()).toContain(`guestward:${network}`);
    await press(page.getByRole('tab', { name: 'Changes' }));
    await press(page.getByRole('button', { name: /^Undo:/ }).first());
    await agree();
    expect(rules()).toBe(before);
    await opened.change({ action: 'remove-network', network });
    runTool('/usr/sbin/iptables-nft', ['-D', 'FORWARD', '-s', `${subnet}.0/24`, '-j', 'DROP']);
  });
});
