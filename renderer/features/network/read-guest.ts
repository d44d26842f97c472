import { parseIpAddress } from '../../../shared/net/ip-address.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import type { Forward } from '../../../shared/rpc/changes.ts';

/** Reads by what a guest is meant: an address, a MAC address, or else a name as hosts have it (RFC 1123). */
export function readGuest(text: string): Forward['guest'] | undefined {
  const word = text.trim();
  if (parseIpAddress(word) !== undefined) return { by: 'address', address: word };
  if (parseMac(word) !== undefined) return { by: 'mac', mac: word.toLowerCase() };
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/.test(word) && !/^[0-9.]+$/.test(word)
    ? { by: 'name', name: word }
    : undefined;
}

export function showGuest(guest: Forward['guest']): string {
  switch (guest.by) {
    case 'name':
      return guest.name;
    case 'mac':
      return guest.mac;
    case 'address':
      return guest.address;
  }
}
