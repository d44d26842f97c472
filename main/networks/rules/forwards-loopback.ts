import type { ResolvedNetwork } from '../resolved-network.ts';
import { findGuest } from './find-guest.ts';
import { familyOf } from './own-subnet.ts';

/** Whether ports of 127.0.0.1 lead to guests of the network, so that its bridge has to let their answers in. */
export function forwardsLoopback(network: ResolvedNetwork): boolean {
  if (network.forward.mode === 'bridge') return false;
  return network.settings.forwards.some((forward) =>
    findGuest(network, forward).some((address) => familyOf(address) === 'ipv4'),
  );
}
