import { addressBits, parseIpAddress } from '../../../shared/net/ip-address.ts';
import type { NetworkDocument, StaticRoute } from '../../../shared/network/network-document.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import { boundsOf, formatBlock, isInBlock } from '../addresses/block-subnet.ts';
import { checkDhcp } from './check-dhcp.ts';

type IpBlock = NetworkDocument['ips'][number];

/** IPv4 192.0.2.0-style and other addresses that no bridge can have. */
function addressProblem(block: IpBlock): string | undefined {
  const value = parseIpAddress(block.address)?.value ?? 0n;
  const [first, last] = boundsOf(block);
  if (value === 0n) return 'no address of a device';
  if (block.family === 'ipv6') {
    if (value >> 32n === 0xffffn) return 'an IPv4 address in the form of IPv6';
    if (value >> 120n === 0xffn) return 'a multicast address';
    if (value === 1n) return "the host's own loopback address";
    return value >> 118n === 0x3fan ? 'a link-local address, which the bridge has anyway' : undefined;
  }
  if (value >> 28n >= 0xen || value >> 24n === 0n) return 'no address of a device';
  if (value >> 24n === 127n) return "the host's own loopback address";
  if (block.prefix >= addressBits.ipv4 - 1) return undefined;
  if (value === first) return 'the address of the subnet itself';
  return value === last ? 'the broadcast address of the subnet' : undefined;
}

function checkRoute(route: StaticRoute, { ips }: NetworkDocument, gatewaysKnown: boolean, findings: Findings): void {
  const destination = formatBlock(route);
  if (destination !== `${route.address}/${route.prefix}`) {
    const details = { found: `${route.address}/${route.prefix}`, expected: destination };
    findings.error('bad-value', "The route's address is no address of a network.", route.span, details);
  }
  const gateway = parseIpAddress(route.gateway);
  const around = ips.filter((block) => gateway !== undefined && isInBlock(gateway, block));
  if (around.length === 0 && gatewaysKnown) {
    const subnets = ips.filter(({ family }) => family === route.family).map(formatBlock);
    const expected = subnets.length === 0 ? `an <ip> of ${route.family}` : `an address of ${subnets.join(' or ')}`;
    const details = { found: route.gateway, expected };
    findings.error('unreachable-gateway', "The route's gateway is in no subnet of the network.", route.span, details);
  }
  if (around.some(({ address }) => address === route.gateway)) {
    const details = { found: route.gateway, expected: "a guest's address" };
    findings.error('own-address', "The route's gateway is the bridge itself.", route.span, details);
  }
}

/** Addresses, DHCP and routes. `addressesKnown`: every `<ip>` could be read, so that what is in none of them is wrong. */
export function checkAddresses(document: NetworkDocument, addressesKnown: boolean, findings: Findings): void {
  const { ips, routes } = document;
  for (const [index, block] of ips.entries()) {
    const problem = addressProblem(block);
    if (problem !== undefined) {
      const details = { found: block.address, expected: "an address for the network's bridge" };
      findings.error('bad-address', `This is ${problem}.`, block.span, details);
    }
    const before = ips.slice(0, index);
    const same = before.find(({ address }) => address === block.address);
    if (same !== undefined) {
      const notes = [{ message: 'It stands here first.', span: same.span }];
      findings.error('duplicate-address', 'The address stands twice.', block.span, { found: block.address, notes });
    }
    const dhcp = before.find(({ family, dhcp }) => family === block.family && dhcp !== undefined);
    if (block.dhcp !== undefined && dhcp !== undefined) {
      const notes = [{ message: 'DHCP is already served here.', span: dhcp.span }];
      const message = `DHCP is served at one ${block.family === 'ipv4' ? 'IPv4' : 'IPv6'} address of a network only.`;
      findings.error('second-dhcp', message, block.span, { notes });
    }
    const tftp = before.find(({ tftpRoot }) => tftpRoot !== undefined);
    if (block.tftpRoot !== undefined && tftp !== undefined) {
      const notes = [{ message: 'TFTP is already served here.', span: tftp.span }];
      findings.error('second-tftp', 'TFTP is served at one address of a network only.', block.span, { notes });
    }
    checkDhcp(block, findings);
  }
  for (const route of routes) checkRoute(route, document, addressesKnown, findings);
}
