import type { Forward } from '../../../shared/rpc/changes.ts';
import type { Nic } from '../../../shared/rpc/machine.ts';
import { nicTitle } from '../guests/choose-nics.ts';

function isOf(nic: Nic, guest: Forward['guest']): boolean {
  switch (guest.by) {
    case 'name':
      return guest.name.toLowerCase() === nicTitle(nic).toLowerCase();
    case 'mac':
      return guest.mac.toLowerCase() === nic.mac;
    case 'address':
      return nic.addresses.some(({ address }) => address === guest.address);
  }
}

/** The forwards that lead to a NIC's guest, by whatever it is called there. */
export function forwardsTo(nic: Nic, forwards: readonly Forward[]): readonly Forward[] {
  return forwards.filter(({ guest }) => isOf(nic, guest));
}
