/** The MAC address in a DUID that was made of one (RFC 8415, 11.2 and 11.4), as pairs of digits with colons between. */
export function macOfDuid(duid = ''): string | undefined {
  return /^(?:00:01:00:01(?::[0-9a-f]{2}){4}|00:03:00:01):((?:[0-9a-f]{2}:){5}[0-9a-f]{2})$/.exec(duid)?.[1];
}
