/** Reads aa:bb:cc:dd:ee:ff as a 48 bit number. A group may be one digit, as in libvirt's own reader. */
export function parseMac(text: string): bigint | undefined {
  const groups = text.split(':');
  if (groups.length !== 6 || !groups.every((group) => /^[0-9A-Fa-f]{1,2}$/.test(group))) return undefined;
  return BigInt(`0x${groups.map((group) => group.padStart(2, '0')).join('')}`);
}

/** Writes a 48 bit number as aa:bb:cc:dd:ee:ff. */
export function formatMac(mac: bigint): string {
  const digits = mac.toString(16).padStart(12, '0');
  return (digits.match(/../g) ?? []).join(':');
}
