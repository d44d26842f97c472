import { afterEach, describe, expect, it } from 'vitest';
import {
  askForAddress,
  createPretendLan,
  ip,
  lan,
  type PretendGuest,
  type PretendLan,
  plugGuest,
  reaches,
} from './pretend-lan.ts';

const open: { close(): void }[] = [];

async function build(
  options: Parameters<typeof createPretendLan>[0],
): Promise<{ lan: PretendLan; guest: PretendGuest }> {
  const built = await createPretendLan(options);
  open.push(built);
  ip(`link add name br7 type bridge`, `link set dev ${built.uplink} master br7`, 'link set dev br7 up');
  const guest = plugGuest('tap7', '02:77:00:00:00:99', 'br7');
  open.push(guest, { close: () => ip('link delete dev br7') });
  return { lan: built, guest };
}

afterEach(() => {
  for (const part of open.splice(0).reverse()) part.close();
});

describe('the pretend LAN', () => {
  it('is there for the host, by its own addresses and by the default route', async () => {
    const built = await createPretendLan();
    open.push(built);

    const addresses = [lan.router, lan.station, lan.beyond].flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
    expect(addresses.filter((address) => !reaches(undefined, address))).toEqual([]);
    expect([lan.host.ipv4, lan.host.ipv6].filter((address) => !reaches(built.station, address))).toEqual([]);
  });

  it('gives an address to a guest that is bridged to it over cable', async () => {
    const { guest } = await build({ dhcp: true });

    expect(askForAddress(guest)).toMatchObject({ router: lan.router.ipv4, server: lan.router.ipv4, prefix: 24 });
    expect(reaches(guest.namespace, lan.station.ipv4)).toBe(true);
  });

  it('drops what is bridged to it over Wi-Fi', async () => {
    const { guest } = await build({ dhcp: true, wifi: true });

    expect(askForAddress(guest, ['-t', '2'])).toBeUndefined();
    guest.namespace.run(() => ip('address add 192.168.77.99/24 dev eth0'));
    expect(reaches(guest.namespace, lan.station.ipv4)).toBe(false);
  });
});
