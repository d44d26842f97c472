import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../main/app/create-app.ts';
import { askForAddress, ip, lan, type PretendGuest, plugGuest, reaches } from '../rig/pretend-lan.ts';
import { waitFor } from '../rig/wait-for.ts';
import { type CliOnLan, createCliOnLan, defaultFilter, isUp, plugAsLibvirt } from './cli-on-lan.ts';

const mac = '52:54:00:12:34:56';
const definition = `<network><name>home</name>${defaultFilter('clean-traffic')}
<forward mode='nat'/><bridge name='br-home' stp='off'/>
<ip address='10.61.6.1' prefix='24'><dhcp><range start='10.61.6.100' end='10.61.6.120'/></dhcp></ip></network>`;

let host: CliOnLan;
let cli: CliOnLan['cli'];
let guest: PretendGuest | undefined;

beforeEach(async () => {
  host = await createCliOnLan();
  ({ cli } = host);
  host.start('home', definition);
});

afterEach(() => {
  guest?.close();
  guest = undefined;
  cli('net-destroy', 'home');
  for (const device of ['vnet7', 'guest0']) cli('detach', device);
  host.close();
});

function plug(): PretendGuest {
  guest = plugAsLibvirt('vnet7', mac, 'br-home');
  return guest;
}

describe('a NIC that somebody else plugs into a network with a default filter', () => {
  it('says nothing until it is adopted, and is then filtered by MAC and address', async () => {
    const plugged = plug();
    await waitFor(() => !isUp('vnet7'));
    expect(cli('status')).toContain(
      'vnet7 is on home without its default filter clean-traffic: guestward adopt gives it to it.',
    );
    expect(askForAddress(plugged)).toBeUndefined();

    expect(cli('adopt', '--dry-run')).toContain('vnet7 would be filtered by clean-traffic');
    expect(cli('adopt')).toContain(`vnet7 is filtered by clean-traffic, the default filter of home (MAC ${mac})`);
    await waitFor(() => isUp('vnet7'));
    const lease = askForAddress(plugged);
    expect(lease?.address).toMatch(/^10\.61\.6\./);
    expect(reaches(plugged.namespace, lan.station.ipv4)).toBe(true);
    expect(cli('nwfilter-binding-dumpxml', 'vnet7')).toContain(`<parameter name='IP' value='${lease?.address}'/>`);

    plugged.namespace.run(() =>
      ip(`address flush dev eth0`, 'address add 10.61.6.77/24 dev eth0', 'route add default via 10.61.6.1'),
    );
    expect(reaches(plugged.namespace, lan.station.ipv4)).toBe(false);
    expect(cli('adopt')).toBe('No NIC waits for the default filter of its network\n');
  });

  it('leaves no binding behind when it goes', async () => {
    const plugged = plug();
    cli('adopt');
    expect(cli('nwfilter-binding-list')).toContain('vnet7');
    plugged.close();
    guest = undefined;
    expect(cli('adopt')).toContain('vnet7 has left its network: the filter that it had there is gone');
    expect(cli('nwfilter-binding-list')).not.toContain('vnet7');
  });

  it('stays silent where nobody knows whose it is, until a filter is attached with its MAC address', async () => {
    guest = plugGuest('guest0', mac, 'br-home');
    await waitFor(() => !isUp('guest0'));
    const refused = cli('adopt');
    expect(refused).toContain('Failed to give guest0 clean-traffic, the default filter of home');
    expect(refused).toContain('guestward attach guest0 --filter clean-traffic --mac MAC');
    expect(isUp('guest0')).toBe(false);
    cli('attach', 'guest0', '--filter', 'no-mac-spoofing', '--mac', mac);
    await waitFor(() => isUp('guest0'));
    expect(askForAddress(guest)).toBeDefined();
    cli('detach', 'guest0');
    await waitFor(() => !isUp('guest0'));
  });

  it('is adopted by the app as it comes, and again only where it is plugged in anew', async () => {
    const app = createApp({ environment: host.environment, door: 'browser', place: 'lab' });
    const stop = app.subscribe(() => undefined);
    const filterOf = (): string => /vnet7 +(\S+)/.exec(cli('nwfilter-binding-list'))?.[1] ?? 'none';
    try {
      await app.handlers['machine.read']({});
      plug();
      // Not asked of the command line until then: it would have the lock most of the time.
      const file = join(host.environment['GUESTWARD_STATE_DIR'] ?? '', 'bindings', 'vnet7.xml');
      await waitFor(() => existsSync(file) && isUp('vnet7'));
      expect(filterOf()).toBe('clean-traffic');
      cli('detach', 'vnet7');
      await waitFor(() => !isUp('vnet7'));
      const machine = await app.handlers['machine.read']({});
      expect(JSON.stringify(machine)).toContain('vnet7 is on home without its default filter clean-traffic.');
    } finally {
      stop();
      await app.close();
    }
  });
});
