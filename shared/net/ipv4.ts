const octet = /^(?:0|[1-9][0-9]{0,2})$/;

/**
 * Reads four decimal octets as a 32 bit number. Leading zeros and short or hexadecimal forms, which inet_aton(3) takes for something else than
 * they look like, are refused.
 */
export function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => octet.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((address, part) => (address << 8n) | BigInt(part), 0n);
}

/** Writes a 32 bit number as four decimal octets. */
export function formatIpv4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.');
}
