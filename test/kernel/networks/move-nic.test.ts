import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApp } from '../../../main/app/create-app.ts';
import { askForAddress, ip, type PretendGuest } from '../rig/pretend-lan.ts';
import { runTool } from '../rig/run-tool.ts';
import { waitFor } from '../rig/wait-for.ts';
import { type CliOnLan, createCliOnLan, defaultFilter, isUp as isDeviceUp, plugAsLibvirt } from './cli-on-lan.ts';

const mac = '52:54:00:12:34:56';
const filter = defaultFilter('clean-traffic');
const definition = (name: string, subnet: string, metadata: string) =>
  `<network><name>${name}</name>${metadata}<forward mode='nat'/><bridge name='br-${name}' stp='off'/>
<ip address='${subnet}.1' prefix='24'><dhcp><range start='${subnet}.100' end='${subnet}.120'/></dhcp></ip></network>`;

let host: CliOnLan;
let cli: CliOnLan['cli'];
let guest: PretendGuest;

beforeEach(async () => {
  host = await createCliOnLan();
  ({ cli } = host);
  for (const [name, subnet, metadata] of [
    ['home', '10.61.6', filter],
    ['den', '10.61.7', filter],
    ['free', '10.61.8', ''],
  ] as const) {
    host.start(name, definition(name, subnet, metadata));
  }
  guest = plugAsLibvirt('vnet7', mac, 'br-home');
  cli('adopt');
});

afterEach(() => {
  guest.close();
  cli('adopt');
  for (const name of ['home', 'den', 'free']) cli('net-destroy', name);
  host.close();
});

const link = (): string => runTool('/usr/sbin/ip', ['link', 'show', 'dev', 'vnet7']);
const isUp = (): boolean => isDeviceUp('vnet7');
const forget = (): void => void guest.namespace.run(() => ip('address flush dev eth0'));

it('a NIC that somebody else has plugged in is moved with the filter of its new network, and undo moves it back', async () => {
  await waitFor(isUp);
  expect(askForAddress(guest)?.address).toMatch(/^10\.61\.6\./);

  const dry = cli('port', 'move', 'vnet7', 'den', '--dry-run');
  expect(dry).toContain('move vnet7 from network home (br-home) to network den (br-den)');
  expect(dry).toContain('interrupts connections of the guest on vnet7, who is in another network from now on');
  expect(link()).toContain('master br-home');

  expect(cli('port', 'move', 'vnet7', 'den')).toContain("<source network='den'/>");
  expect(link()).toContain('master br-den');
  await waitFor(isUp);
  forget();
  const lease = askForAddress(guest);
  expect(lease?.address).toMatch(/^10\.61\.7\./);
  const bound = cli('nwfilter-binding-dumpxml', 'vnet7');
  expect(bound).toContain(`<parameter name='IP' value='${lease?.address}'/>`);
  expect(bound).toContain("guestward:adopted-by='den'");
  expect(cli('adopt')).toBe('No NIC waits for the default filter of its network\n');

  cli('undo');
  expect(link()).toContain('master br-home');
  await waitFor(isUp);
  expect(cli('nwfilter-binding-dumpxml', 'vnet7')).toContain("guestward:adopted-by='home'");
  forget();
  expect(askForAddress(guest)?.address).toMatch(/^10\.61\.6\./);
});

it('a NIC leaves its filter with the network that gave it, and a move that changed no definition is undone too', async () => {
  await waitFor(isUp);
  cli('port', 'move', 'vnet7', 'free');
  expect(link()).toContain('master br-free');
  expect(cli('nwfilter-binding-list')).not.toContain('vnet7');
  await waitFor(isUp);
  expect(askForAddress(guest)?.address).toMatch(/^10\.61\.8\./);
  cli('attach', 'vnet7', '--filter', 'no-mac-spoofing', '--mac', mac);
  cli('port', 'move', 'vnet7', 'den');
  expect(cli('nwfilter-binding-dumpxml', 'vnet7')).toContain("filter='no-mac-spoofing'");
  expect(cli('undo')).not.toContain('error');
  expect(link()).toContain('master br-free');
  cli('detach', 'vnet7');
});

it('the app shows what the move does and whom it interrupts, and moves', async () => {
  const app = createApp({ environment: host.environment, door: 'browser', place: 'lab' });
  const actions = [{ action: 'move-nic', device: 'vnet7', network: 'den' }] as const;
  try {
    const preview = await app.handlers['change.preview']({ actions: [...actions] });
    expect(preview).toMatchObject({
      ok: true,
      value: {
        title: 'Move vnet7 to network den',
        steps: expect.arrayContaining([
          'move vnet7 from network home (br-home) to network den (br-den)',
          expect.stringContaining("plugs it into its own network again at its guest's next start"),
        ]),
        interrupts: expect.arrayContaining([
          'connections of the guest on vnet7, who is in another network from now on',
        ]),
      },
    });
    expect(link()).toContain('master br-home');
    expect(await app.handlers['change.apply']({ actions: [...actions] })).toMatchObject({ ok: true });
    expect(link()).toContain('master br-den');
    await waitFor(isUp);
    expect(await app.handlers['machine.read']({})).toMatchObject({
      value: { nics: expect.arrayContaining([expect.objectContaining({ device: 'vnet7', network: 'den' })]) },
    });
  } finally {
    await app.close();
  }
});

it.each([
  ['is moved back with it', false],
  ['is let be where its hypervisor has put it meanwhile', true],
])('of a move that nobody confirms, the NIC %s', async (_name, isElsewhere) => {
  await waitFor(isUp);
  cli('port', 'move', 'vnet7', 'den', '--confirm', '5');
  expect(link()).toContain('master br-den');
  if (isElsewhere) ip('link set dev vnet7 master br-free');
  await waitFor(() => cli('undo', '--list').includes('Taken back'));
  expect(link()).toContain(isElsewhere ? 'master br-free' : 'master br-home');
  expect(cli('nwfilter-binding-dumpxml', 'vnet7')).toContain("guestward:adopted-by='home'");
});
