import type { DnsmasqSetup } from './network-setup.ts';

/** A line of dnsmasq's configuration from values that are each a `word`, quoted, or a number. */
export function setting(keyword: string, ...values: readonly (string | number)[]): string {
  return `${keyword}=${values.join(',')}`;
}

/** A value as it stands; a comma, a space, a quote or a line's end would make two values of it, and is a defect of whoever let it come here. */
export function word(value: string): string {
  if (/^[A-Za-z0-9_.:/@+-]+$/.test(value)) return value;
  throw new Error(`not a value of dnsmasq's configuration: ${JSON.stringify(value)}`);
}

/** A value in quotes, in which commas and `#` mean themselves (read_file in dnsmasq's option.c). */
export function quote(value: string): string {
  if (!/^[ -~]*$/.test(value)) throw new Error(`not a value of dnsmasq's configuration: ${JSON.stringify(value)}`);
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** Names that mean something else in the line of a static host: that it is ignored, or how long its lease is. */
const otherMeaning = /^(?:ignore|infinite|[0-9]+[smhdw]?)$/i;

/** Whether dnsmasq would take this host's name for something else. */
export function isMistakenName(name: string): boolean {
  return otherMeaning.test(name);
}

/** A static host's line in the file that dnsmasq's dhcp-hostsfile names. */
export function hostLine({ mac, id, name, address, lease }: DnsmasqSetup['hosts'][number]): string {
  if (name !== undefined && isMistakenName(name)) throw new Error(`not a host's name: ${JSON.stringify(name)}`);
  return [
    ...(mac === undefined ? [] : [word(mac)]),
    ...(id === undefined ? [] : [`id:${word(id)}`]),
    ...(name === undefined ? [] : [word(name)]),
    address.includes(':') ? `[${word(address)}]` : word(address),
    ...(lease === undefined ? [] : [lease]),
  ].join(',');
}
