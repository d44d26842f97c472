import type { Setups } from '../../../shared/plan/fold-networks.ts';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { readNetSetting, writeNetSetting } from './net-setting.ts';
import type { WantedDevice } from './wanted-devices.ts';

/** Settings of devices that are Guestward's own: they go when the device goes. */
export function setDevices(wanted: readonly WantedDevice[], setups: Setups): Outcome<void, HelperFailure> {
  for (const device of wanted) {
    const forwarding = device.kind === 'bridge' ? (setups.get(device.network)?.forwarding ?? []) : [];
    try {
      for (const [name, value] of settingsOf(device, forwarding)) {
        // A kernel without IPv6 speaks none on this device either.
        const missing = readNetSetting(name) === undefined;
        if (!missing || value !== '1' || !name.endsWith('/disable_ipv6')) writeNetSetting(name, value);
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return fail({ kind: 'network-failed', network: device.network, step: 'settings', message });
    }
  }
  return succeed(undefined);
}

function routeLocalnet(device: string): string {
  return `ipv4/conf/${device}/route_localnet`;
}

/** Keeps loopback addresses out of the bridges that are not to let them in any more, before the rules go that guard them. */
export function closeLoopback(known: Setups, wanted: Setups): void {
  const open = new Set([...wanted.values()].flatMap(({ link }) => (link?.loopback === true ? [link.bridge] : [])));
  for (const { link } of known.values()) {
    if (link?.loopback !== true || open.has(link.bridge)) continue;
    if (readNetSetting(routeLocalnet(link.bridge)) !== undefined) writeNetSetting(routeLocalnet(link.bridge), '0');
  }
}

function settingsOf(
  wanted: WantedDevice,
  forwarding: readonly ('ipv4' | 'ipv6')[],
): readonly (readonly [string, string])[] {
  const { device, kind } = wanted;
  // Neither speaks itself: a TAP's frames are its bridge's, an ifb's another device's.
  if (kind !== 'bridge') return [[`ipv6/conf/${device}/disable_ipv6`, '1']];
  const { ipv6, loopback } = wanted.link;
  return [
    // Taking the first address of a subnet away leaves the others.
    [`ipv4/conf/${device}/promote_secondaries`, '1'],
    [routeLocalnet(device), loopback === true ? '1' : '0'],
    ...(ipv6
      ? ([
          // A guest that advertises itself as a router is no router of the host.
          [`ipv6/conf/${device}/accept_ra`, '0'],
          [`ipv6/conf/${device}/autoconf`, '0'],
        ] as const)
      : []),
    [`ipv6/conf/${device}/disable_ipv6`, ipv6 ? '0' : '1'],
    ...forwarding.map((family) => [`${family}/conf/${device}/forwarding`, '1'] as const),
  ];
}
