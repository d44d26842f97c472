import { findDefaults } from './find-defaults.ts';
import type { HostTable } from './host-rules.ts';

/** Devices that VPNs make. */
const tunnelDevice = /^(?:tun|tap|wg|ppp|vpn|ipsec|utun|nordlynx|proton|mullvad|tailscale)/i;

/**
 * Whether a table keeps everything from leaving but through a tunnel: what the host itself sends is dropped unless a rule accepts it for a VPN's
 * device. An accept for guests in it would let them go around the VPN.
 */
export function isKillSwitch(table: HostTable): boolean {
  if (!findDefaults(table).some(({ hook }) => hook === 'output')) return false;
  return [...table.chains.values()].some(({ rules }) =>
    rules.some(
      ({ matches, verdict }) =>
        verdict.kind === 'accept' &&
        matches.some(
          ({ key, negated, values }) => key === 'oif' && !negated && values.some((v) => tunnelDevice.test(v)),
        ),
    ),
  );
}

/** Tables whose keepers write them anew from settings of their own, in which a bridge has its place; rules put beside would be lost or fought over. */
export function hasOwnSettings({ tool, name }: HostTable): boolean {
  return tool === 'nft' && (name === 'firewalld' || name === 'libvirt_network');
}
