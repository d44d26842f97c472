/** Browsers keep cookies by host and not by port, so the name tells the servers of one machine apart. */
const nameOf = (port: number): string => `guestward-${port}`;

/** The Set-Cookie header's value. It ends with the browser's session; scripts cannot read it, and no other site's page sends it. */
export const setCookie = (port: number, value: string): string =>
  `${nameOf(port)}=${value}; HttpOnly; SameSite=Strict; Path=/`;

/** The cookie of the server on this port, from a Cookie header. */
export function readCookie(header: string | undefined, port: number): string | undefined {
  const prefix = `${nameOf(port)}=`;
  const found = header
    ?.split(';')
    .map((each) => each.trim())
    .find((each) => each.startsWith(prefix));
  return found?.slice(prefix.length);
}
