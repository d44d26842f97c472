/** Devices that guests have: TAPs, and veth pairs of containers. */
export const guestKinds: ReadonlySet<string> = new Set(['tun', 'veth']);
