import type { Subnet } from '../../../shared/net/subnet.ts';

/**
 * The first /64 of the unique local /48 (RFC 4193) whose global id is made of the network's uuid: 40 bits that are as random as the uuid is, and
 * the same for the same network wherever it is defined again.
 */
export function chooseUla(uuid: string): Subnet {
  const digits = uuid.replaceAll('-', '').slice(-10);
  return { family: 'ipv6', base: (0xfdn << 120n) | (BigInt(`0x${digits}`) << 80n), prefix: 64 };
}
