import { addressBits, type IpAddress, parseIpAddress } from '../../../shared/net/ip-address.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import type { DhcpHost, DhcpRange, IpBlock } from '../../../shared/network/network-document.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import { boundsOf, formatBlock, isInBlock } from '../addresses/block-subnet.ts';

/** Addresses in a range at most: libvirt's limit, and a sane one for a table of leases. */
const maxRange = 65_536n;
/** dnsmasq serves DHCPv6 in no larger subnets ("prefix length must be at least 64"). */
const minDhcp6Prefix = 64;

const toAddress = (text: string): IpAddress => parseIpAddress(text) ?? { family: 'ipv4', value: 0n };

function checkRange(range: DhcpRange, block: IpBlock, findings: Findings): void {
  const [low, high] = [toAddress(range.low), toAddress(range.high)];
  const [first, last] = boundsOf(block);
  const found = `${range.low} - ${range.high}`;
  const subnet = formatBlock(block);
  const refuse = (code: string, message: string, expected: string): void =>
    findings.error(code, message, range.span, { found, expected });
  if (!isInBlock(low, block) || !isInBlock(high, block)) {
    refuse('outside-subnet', 'The range is not inside of the subnet.', `addresses of ${subnet}`);
    return;
  }
  if (low.value > high.value)
    refuse('reversed-range', 'The range ends before it starts.', 'the lower address as start');
  if (high.value - low.value >= maxRange)
    refuse('too-many', 'The range is too large.', `at most ${maxRange} addresses`);
  const hasBroadcast = block.family === 'ipv4' && block.prefix < addressBits.ipv4 - 1;
  if (hasBroadcast && low.value === first)
    refuse('outside-subnet', 'The range starts with the address of the subnet.', `addresses of ${subnet} after it`);
  if (hasBroadcast && high.value === last)
    refuse('outside-subnet', 'The range ends with the broadcast address.', `addresses of ${subnet} before it`);
  const own = toAddress(block.address).value;
  if (own >= low.value && own <= high.value) {
    const details = { found, expected: `a range without ${block.address}` };
    findings.warn(
      'own-address',
      "The range has the bridge's own address in it, which no guest gets.",
      range.span,
      details,
    );
  }
}

function checkRanges(block: IpBlock, ranges: readonly DhcpRange[], findings: Findings): void {
  for (const [index, range] of ranges.entries()) {
    checkRange(range, block, findings);
    const [low, high] = [toAddress(range.low).value, toAddress(range.high).value];
    const other = ranges
      .slice(0, index)
      .find((one) => toAddress(one.low).value <= high && toAddress(one.high).value >= low);
    if (other === undefined) continue;
    findings.warn('overlapping-ranges', 'The range overlaps another one.', range.span, {
      found: `${range.low} - ${range.high}`,
      notes: [{ message: 'The other one is here.', span: other.span }],
    });
  }
}

const hostKeys: readonly (readonly [what: string, key: (host: DhcpHost) => string | undefined])[] = [
  ['MAC address', ({ mac }) => (mac === undefined ? undefined : formatMac(mac))],
  ['client id', ({ id }) => id],
  ['name', ({ name }) => name?.toLowerCase()],
  ['address', ({ address }) => address],
];

function checkHosts(block: IpBlock, hosts: readonly DhcpHost[], findings: Findings): void {
  const seen = new Map<string, DhcpHost>();
  for (const host of hosts) {
    if (!isInBlock(toAddress(host.address), block)) {
      const details = { found: host.address, expected: `an address of ${formatBlock(block)}` };
      findings.error('outside-subnet', "The host's address is not inside of the subnet.", host.span, details);
    } else if (host.address === block.address) {
      const details = { found: host.address, expected: 'another address' };
      findings.error('own-address', "The host's address is the bridge's own.", host.span, details);
    }
    for (const [what, keyOf] of hostKeys) {
      const key = keyOf(host);
      const other = seen.get(`${what} ${key}`);
      if (key === undefined) continue;
      if (other === undefined) seen.set(`${what} ${key}`, host);
      else {
        const notes = [{ message: 'The other one is here.', span: other.span }];
        findings.error('duplicate-host', `Another host has this ${what}.`, host.span, { found: key, notes });
      }
    }
  }
}

/** What `<dhcp>` of one block demands. */
export function checkDhcp(block: IpBlock, findings: Findings): void {
  if (block.dhcp === undefined) return;
  const { ranges, hosts } = block.dhcp;
  checkRanges(block, ranges, findings);
  checkHosts(block, hosts, findings);
  if (block.family === 'ipv6' && block.prefix < minDhcp6Prefix) {
    const details = { found: `prefix ${block.prefix}`, expected: `prefix='${minDhcp6Prefix}' or longer` };
    findings.error('bad-prefix', 'The subnet is too large for DHCPv6.', block.span, details);
  }
}
