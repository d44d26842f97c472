import { BlockList, isIP, isIPv4 } from 'node:net';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import type { NeighbourState } from './parse-neighbour.ts';

/** What is to be done about a guest's address. */
export type Act =
  /** Find out whether a machine of the LAN has the address. */
  | { readonly act: 'ask'; readonly address: string }
  /** Lead packets for it to the bridge, and answer for it on the uplink. */
  | { readonly act: 'admit'; readonly address: string }
  | { readonly act: 'dismiss'; readonly address: string }
  /** Ask the guest that has the address whether it is still there; whatever another one claims is forgotten. */
  | { readonly act: 'probe'; readonly address: string; readonly mac: string };

/** A neighbour as the kernel tells of it. */
export interface Heard {
  readonly address: string;
  readonly mac: string | undefined;
  readonly state: NeighbourState;
}

/** The guests of one lan network, by address. Times are milliseconds on any clock that never goes back. */
export interface GuestTable {
  /** A neighbour on the bridge. */
  onBridge(heard: Heard, now: number): readonly Act[];
  /** A neighbour on the uplink. */
  onUplink(heard: Heard, now: number): readonly Act[];
  /** What has come due. */
  tick(now: number): readonly Act[];
  /** The addresses that stand. */
  standing(): readonly string[];
  /** An address that an earlier process has admitted. */
  adopt(address: string, mac: string | undefined): void;
}

interface Guest {
  mac: string | undefined;
  state: 'asked' | 'refused' | 'standing';
  /** When it was asked about, refused, or last seen. */
  since: number;
  failing: boolean;
}

/** More than a laptop runs, and few enough for a guest that claims addresses one after the other. */
export const maxGuests = 256;
export const maxAddressesOfMac = 16;
/** A station that sleeps (IEEE 802.11 power save) answers within a few beacons, 102.4 ms each. */
export const askMilliseconds = 1000;
export const probeMilliseconds = 30_000;
const refusedMilliseconds = 30_000;

type Proxy = NonNullable<NetworkSetup['proxy']>;

/** Decides who may appear on the LAN: an address of the LAN's that is nobody else's, and of a guest that has not too many. */
export function createGuestTable({ subnets, reserved }: Pick<Proxy, 'subnets' | 'reserved'>): GuestTable {
  const guests = new Map<string, Guest>();
  const mayAppear = addressCheck(subnets, reserved);

  function room(mac: string): boolean {
    const held = [...guests.values()].filter((guest) => guest.state !== 'refused');
    return held.length < maxGuests && held.filter((guest) => guest.mac === mac).length < maxAddressesOfMac;
  }

  function claimed(address: string, mac: string, now: number): readonly Act[] {
    // Refused addresses are remembered too, so that claims without end cost no more than that.
    if (!mayAppear(address) || guests.size >= 2 * maxGuests || !room(mac)) return [];
    guests.set(address, { mac, state: 'asked', since: now, failing: false });
    return [{ act: 'ask', address }];
  }

  return {
    onBridge({ address, mac, state }, now) {
      const guest = guests.get(address);
      if (guest === undefined) return mac === undefined || isGone(state) ? [] : claimed(address, mac, now);
      if (guest.state !== 'standing') return [];
      if (state === 'failed') {
        guest.failing = true;
        return [];
      }
      if (mac === undefined || state === 'gone') return [];
      guest.mac ??= mac;
      if (mac === guest.mac) {
        // A guest that is only being asked has not answered yet.
        if (state !== 'probe') Object.assign(guest, { since: now, failing: false });
        return [];
      }
      if (!guest.failing) return [{ act: 'probe', address, mac: guest.mac }];
      guests.delete(address);
      return [{ act: 'dismiss', address }, ...claimed(address, mac, now)];
    },
    onUplink({ address, mac, state }, now) {
      const guest = guests.get(address);
      if (guest?.state !== 'asked' || mac === undefined || state !== 'reachable') return [];
      Object.assign(guest, { state: 'refused', since: now });
      return [];
    },
    tick(now) {
      const acts: Act[] = [];
      for (const [address, guest] of guests) {
        const age = now - guest.since;
        if (guest.state === 'asked' && age >= askMilliseconds) {
          Object.assign(guest, { state: 'standing', since: now });
          acts.push({ act: 'admit', address });
        } else if (guest.state === 'refused' && age >= refusedMilliseconds) {
          guests.delete(address);
        } else if (guest.state === 'standing' && age >= probeMilliseconds) {
          if (guest.failing) {
            guests.delete(address);
            acts.push({ act: 'dismiss', address });
          } else if (guest.mac !== undefined) {
            guest.since = now;
            acts.push({ act: 'probe', address, mac: guest.mac });
          }
        }
      }
      return acts;
    },
    standing: () => [...guests].filter(([, { state }]) => state === 'standing').map(([address]) => address),
    adopt(address, mac) {
      guests.set(address, { mac, state: 'standing', since: 0, failing: false });
    },
  };
}

function isGone(state: NeighbourState): boolean {
  return state === 'failed' || state === 'gone';
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

function addressCheck(subnets: readonly string[], reserved: readonly string[]): (address: string) => boolean {
  const lan = new BlockList();
  const taken = new BlockList();
  for (const subnet of subnets) {
    const [network = '', prefix = ''] = subnet.split('/');
    lan.addSubnet(network, Number(prefix), familyOf(network));
    // Every router's (RFC 4291, section 2.6.1).
    if (familyOf(network) === 'ipv6') taken.addAddress(network, 'ipv6');
  }
  for (const address of reserved) taken.addAddress(address, familyOf(address));
  return (address) =>
    isIP(address) !== 0 && lan.check(address, familyOf(address)) && !taken.check(address, familyOf(address));
}
