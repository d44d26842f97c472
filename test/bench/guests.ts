import type { Change } from '../../main/engine/change.ts';
import { formatIpv4 } from '../../shared/net/ipv4.ts';
import { formatMac } from '../../shared/net/mac.ts';

/** A made-up guest; its NIC need not exist. */
export interface Guest {
  readonly device: string;
  readonly mac: bigint;
  readonly ipv4: bigint;
}

// KVM's prefix (52:54:00), and addresses of 10.32.0.0/12.
const firstMac = 0x5254_0000_0000n;
const firstIpv4 = 0x0a20_0000n;

export function guestNumber(number: number): Guest {
  return { device: `vnet${number}`, mac: firstMac + BigInt(number), ipv4: firstIpv4 + BigInt(number) };
}

/** Guests with the numbers from `first` on. */
export function makeGuests(count: number, first = 1): readonly Guest[] {
  return Array.from({ length: count }, (_, index) => guestNumber(first + index));
}

export const macOf = ({ mac }: Guest): string => formatMac(mac);
export const addressOf = ({ ipv4 }: Guest): string => formatIpv4(ipv4);

const span = { file: 'bench', line: 1, column: 1, length: 0 };

/** Binds the guest's NIC to a filter that needs no more than MAC and IP. */
export function bind(guest: Guest, filter = 'clean-traffic'): Change {
  const { device, mac } = guest;
  return {
    change: 'bind',
    replace: false,
    binding: { device, mac, filter, parameters: { IP: [addressOf(guest)] }, span },
  };
}

export function unbind({ device }: Guest): Change {
  return { change: 'delete-binding', device };
}
