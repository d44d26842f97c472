import type { KeptAddress, Lease } from '../../../shared/rpc/network.ts';

/** An address and its guest, as far as either is known. */
export interface GuestAddress {
  readonly address: string;
  readonly mac: string | undefined;
  readonly name: string | undefined;
  /** Seconds since 1970; undefined: for good, or not leased now. */
  readonly expires: number | undefined;
  readonly leased: boolean;
  readonly pinned: boolean;
}

/** Leases and addresses that are kept, each address once, in the order of addresses. */
export function joinAddresses(leases: readonly Lease[], kept: readonly KeptAddress[]): readonly GuestAddress[] {
  const held = leases.map(({ address, mac, hostname, expires }): GuestAddress => {
    const pin = kept.find((each) => each.address === address);
    return {
      address,
      mac: mac ?? pin?.mac,
      name: hostname ?? pin?.name,
      expires,
      leased: true,
      pinned: pin !== undefined,
    };
  });
  const waiting = kept
    .filter(({ address }) => !leases.some((lease) => lease.address === address))
    .map(
      ({ address, mac, name }): GuestAddress => ({
        address,
        mac,
        name,
        expires: undefined,
        leased: false,
        pinned: true,
      }),
    );
  return [...held, ...waiting].toSorted((a, b) => a.address.localeCompare(b.address, 'en', { numeric: true }));
}
