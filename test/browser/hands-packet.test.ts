import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { agree as agreeBy, hands } from './rig/hands.ts';
import { ip, type OpenedApp } from './rig/open-app.ts';
import { goTo, useApp } from './rig/use-app.ts';

let page: Page;
let opened: OpenedApp;

const home = "<network><name>home</name><bridge name='br-home'/><ip address='10.61.9.1' prefix='24'/></network>";
const attached = { filter: 'clean-traffic', mac: '52:54:00:00:00:02', parameters: { IP: ['10.61.9.7'] } };

useApp({
  async prepare(app) {
    await app.change({ action: 'define-network', start: true, text: home });
    ip('tuntap add dev vnet0 mode tap');
    ip('link set dev vnet0 addrgenmode none');
    ip('link set dev vnet0 master br-home up');
  },
  begin(each, app) {
    [page, opened] = [each, app];
  },
  async tidy(app) {
    await app.change({ action: 'detach', device: 'vnet0' });
    ip('link delete dev vnet0');
  },
});

const go = (route: string) => goTo(page, route);

const button = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name, exact: true });
const choice = (name: string) => page.getByRole('main').getByRole('radio', { name, exact: true });
const select = (name: string) => page.getByRole('main').getByRole('combobox', { name, exact: true });
const field = (name: string) => page.getByRole('main').getByRole('textbox', { name, exact: true });
const verdict = (text: string) => page.getByRole('status').getByText(text, { exact: true });

describe.each(hands)('$name', ({ press, write, pick }) => {
  const agree = () => agreeBy(page, { press });

  it('a packet that is typed is judged by any filter, and its way is walked', async () => {
    await go('#/packet');
    await press(choice('Any filter'));
    await pick(select('Any filter'), 'no-ip-multicast');
    await press(choice('The guest is sent it'));
    await press(choice('The guest sends it'));
    await pick(select('Protocol'), 'UDP');
    await write(field('From'), '10.61.9.x');
    await page.getByText('An IP address looks like').waitFor();
    expect(await button('See what happens').isDisabled()).toBe(true);
    await write(field('From'), '10.61.9.7');
    await write(field('To'), '224.0.0.251');
    await write(field('From: Port'), '5353');
    await write(field('To: Port'), '5353');
    await press(button('See what happens'));
    await verdict('It is dropped').waitFor();
    const steps = page.getByText(/^Step \d+ of \d+$/);
    const [, at, all] = /Step (\d+) of (\d+)/.exec(await steps.innerText()) ?? [];
    expect(at).toBe(all);
    await press(button('Step back'));
    expect(await steps.innerText()).toBe(`Step ${Number(all) - 1} of ${all}`);
    await press(button('To the end'));
    await page.getByRole('figure').getByText('224.0.0.0').waitFor();
    await write(field('To'), '10.61.9.9');
    await page.keyboard.press('Enter');
    await verdict('It passes').waitFor();
  });

  it('an answer passes where a call from outside does not', async () => {
    const text = `<filter name='answers'><rule action='drop' direction='in'><all state='NEW'/></rule></filter>`;
    await opened.change({ action: 'define-filter', text });
    await go('#/packet');
    await press(choice('Any filter'));
    await pick(select('Any filter'), 'answers');
    await press(button('Somebody calls in'));
    await verdict('It is dropped').waitFor();
    await pick(select('Connection'), 'begun by the other side');
    await press(button('See what happens'));
    await verdict('It passes').waitFor();
    await opened.change({ action: 'undefine-filter', filter: 'answers' });
  });

  it('what a guest may not send is allowed by the narrowest rule', async () => {
    await opened.change({ action: 'attach', device: 'vnet0', ...attached });
    await go('#/packet');
    await press(button('It poses as another address'));
    await verdict('It is dropped').waitFor();
    await page.getByRole('img', { name: /it ends at clean-traffic; home never sees it/ }).waitFor();
    await press(button('Allow this'));
    await agree();
    await verdict('It passes').waitFor();
    const machine = await opened.app.handlers['machine.read']({});
    expect(machine.ok && machine.value.nics[0]?.filter?.name).toMatch(/^own-vnet0/);
  });
});
