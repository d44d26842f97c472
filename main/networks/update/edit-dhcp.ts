import { parseIpAddress } from '../../../shared/net/ip-address.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import type { Dhcp, DhcpHost, IpBlock, NetworkDocument } from '../../../shared/network/network-document.ts';
import { isInBlock } from '../addresses/block-subnet.ts';
import { type DhcpHostQuery, parseDhcpHost, parseDhcpHostQuery, parseDhcpRange } from '../parse/parse-dhcp.ts';
import {
  addTo,
  refuseMissing,
  refuseModify,
  refuseSecond,
  type SectionEdit,
  type SectionEditor,
} from './network-update.ts';

const nothing: Dhcp = { ranges: [], hosts: [], bootp: undefined };

/**
 * The `<ip>` that is meant. libvirt takes the first with DHCP where it is not told which; so do we, but only after one that has the address of the
 * element in its subnet or, where there is none, in its family.
 */
function findBlock({ document, element, parentIndex, findings }: SectionEdit): IpBlock | undefined {
  const { ips } = document;
  if (parentIndex >= 0) {
    const block = ips[parentIndex];
    if (block !== undefined) return block;
    const details = { found: `${parentIndex}`, expected: ips.length === 0 ? 'an <ip>' : `0 to ${ips.length - 1}` };
    findings.error('not-there', `The network has no <ip> number ${parentIndex}.`, element.span, details);
    return undefined;
  }
  const written = element.attributes.find(({ name }) => name === 'ip' || name === 'start');
  const address = parseIpAddress(written?.value ?? '');
  const around = ips.filter((block) => address !== undefined && isInBlock(address, block));
  const related = ips.filter(({ family }) => family === address?.family);
  const served = (blocks: readonly IpBlock[]): IpBlock | undefined => blocks.find(({ dhcp }) => dhcp !== undefined);
  const like = served(around) ?? served(related) ?? around[0] ?? related[0];
  const first = like ?? served(ips) ?? ips.find(({ family }) => family === 'ipv4') ?? ips[0];
  if (first === undefined) findings.error('not-there', 'The network has no <ip> that DHCP could be of.', element.span);
  return first;
}

function withDhcp(document: NetworkDocument, block: IpBlock, part: Partial<Dhcp>): NetworkDocument {
  const dhcp = { ...nothing, ...block.dhcp, ...part };
  const isEmpty = dhcp.ranges.length === 0 && dhcp.hosts.length === 0 && dhcp.bootp === undefined;
  const changed: IpBlock = { ...block, dhcp: isEmpty ? undefined : dhcp };
  return { ...document, ips: document.ips.map((one) => (one === block ? changed : one)) };
}

const keys = ['mac', 'id', 'name', 'address'] as const;

const sameIn = (key: (typeof keys)[number], a: DhcpHostQuery, b: DhcpHostQuery): boolean =>
  a[key] !== undefined && a[key] === b[key];

function describeHost({ mac, id, name, address }: DhcpHostQuery): string {
  const parts = { mac: mac === undefined ? undefined : formatMac(mac), id, name, ip: address };
  const shown = Object.entries(parts).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}='${value}'`]));
  return `<host${shown.join('')}/>`;
}

/** Added is what shares nothing with another; modified is the first that shares anything; deleted is what has all that is given. */
export const editDhcpHost: SectionEditor = (edit) => {
  const { document, command, element, findings } = edit;
  const block = findBlock(edit);
  if (block === undefined) return undefined;
  const hosts = block.dhcp?.hosts ?? [];
  if (command === 'delete') {
    const query = parseDhcpHostQuery(element, block.family, findings);
    const index = hosts.findIndex((host) => keys.every((key) => query[key] === undefined || sameIn(key, query, host)));
    if (index < 0) return refuseMissing(edit, `The network has no ${describeHost(query)}.`);
    return withDhcp(document, block, { hosts: hosts.toSpliced(index, 1) });
  }
  const host = parseDhcpHost(element, block.family, findings);
  if (host === undefined) return undefined;
  const index = hosts.findIndex((other) => keys.some((key) => sameIn(key, host, other)));
  const other: DhcpHost | undefined = hosts[index];
  if (command === 'modify') {
    if (other === undefined) return refuseMissing(edit, `The network has nothing like ${describeHost(host)}.`);
    return withDhcp(document, block, { hosts: hosts.with(index, host) });
  }
  if (other !== undefined) return refuseSecond(edit, `${describeHost(other)} is there already.`, other.span);
  return withDhcp(document, block, { hosts: addTo(hosts, host, command) });
};

export const editDhcpRange: SectionEditor = (edit) => {
  const { document, command, element, findings } = edit;
  if (command === 'modify') return refuseModify(edit);
  const block = findBlock(edit);
  const range = block && parseDhcpRange(element, block.family, findings);
  if (block === undefined || range === undefined) return undefined;
  const ranges = block.dhcp?.ranges ?? [];
  const index = ranges.findIndex(({ low, high }) => low === range.low && high === range.high);
  const shown = `<range start='${range.low}' end='${range.high}'/>`;
  if (command === 'delete') {
    if (index < 0) return refuseMissing(edit, `The network has no ${shown}.`);
    return withDhcp(document, block, { ranges: ranges.toSpliced(index, 1) });
  }
  if (index >= 0) return refuseSecond(edit, `${shown} is there already.`, ranges[index]?.span);
  return withDhcp(document, block, { ranges: addTo(ranges, range, command) });
};
