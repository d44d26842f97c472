import { etherTypeNames, type FrameProtocol } from '../../../shared/nwfilter/protocols.ts';
import type { Test } from '../policy/policy.ts';
import type { BoundRule } from './bound-rule.ts';
import { requires, type TestBuilder, testBuilder } from './test-builder.ts';

/** Where bridges send their BPDUs (IEEE 802.1D, table 7-10). */
export const bridgeGroupAddress = 0x0180c2000000n;
const bpduHeader = 0x4242030000n;
const configurationBpdu = 0;
const ethernet = 1;
/** What is not a protocol of its own: what stands behind these two is what a packet is about (RFC 8200, 4.1). */
const noProtocols = [59, 51] as const;

/** Source becomes destination for the outgoing half of an `inout` rule: such a rule is written as the incoming side sees it. */
interface Ends {
  readonly source: string;
  readonly destination: string;
}
const forward: Ends = { source: 'src', destination: 'dst' };
const reverse: Ends = { source: 'dst', destination: 'src' };

function etherTests(build: TestBuilder, { source, destination }: Ends): readonly Test[] {
  return [
    ...build.equal('ether-source', `${source}macaddr`, `${source}macmask`),
    ...build.equal('ether-destination', `${destination}macaddr`, `${destination}macmask`),
  ];
}

function stpTests(build: TestBuilder): readonly Test[] {
  const configuration = [
    ...build.range('stp-root-priority', 'root-priority', 'root-priority-hi'),
    ...build.equal('stp-root-address', 'root-address', 'root-address-mask'),
    ...build.range('stp-root-cost', 'root-cost', 'root-cost-hi'),
    ...build.range('stp-sender-priority', 'sender-priority', 'sender-priority-hi'),
    ...build.equal('stp-sender-address', 'sender-address', 'sender-address-mask'),
    ...build.range('stp-port', 'port', 'port-hi'),
    ...build.range('stp-age', 'age', 'age-hi'),
    ...build.range('stp-max-age', 'max-age', 'max-age-hi'),
    ...build.range('stp-hello-time', 'hello-time', 'hello-time-hi'),
    ...build.range('stp-forward-delay', 'forward-delay', 'forward-delay-hi'),
  ];
  // Flags and what follows them stand in configuration BPDUs only.
  const body = [...build.equal('stp-flags', 'flags'), ...configuration];
  const tests = [
    ...build.equal('stp-type', 'type'),
    ...(body.length > 0 ? [requires('stp-type', configurationBpdu), ...body] : []),
  ];
  return tests.length > 0 ? [requires('stp-header', bpduHeader), ...tests] : [];
}

function arpTests(build: TestBuilder, { source, destination }: Ends): readonly Test[] {
  const gratuitous = build.literal('gratuitous', 'boolean');
  const addresses: readonly Test[] = [
    ...build.equal('arp-sender-ip', `arp${source}ipaddr`, `arp${source}ipmask`),
    ...build.equal('arp-target-ip', `arp${destination}ipaddr`, `arp${destination}ipmask`),
    ...(gratuitous?.literal.value === true ? [{ test: 'gratuitous', negated: gratuitous.negated } as const] : []),
  ];
  const macs = [
    ...build.equal('arp-sender-mac', `arp${source}macaddr`),
    ...build.equal('arp-target-mac', `arp${destination}macaddr`),
  ];
  const isEthernet = [requires('arp-hardware-type', ethernet), requires('arp-hardware-length', 6)];
  const isIpv4 = [
    requires('arp-protocol-type', etherTypeNames.ipv4),
    requires('arp-protocol-length', 4),
    requires('arp-hardware-length', 6),
  ];
  return [
    ...build.equal('arp-hardware-type', 'hwtype'),
    ...build.equal('arp-opcode', 'opcode'),
    ...build.equal('arp-protocol-type', 'protocoltype'),
    ...(addresses.length > 0 ? [...isIpv4, ...addresses] : []),
    ...(macs.length > 0 ? [...isEthernet, ...macs] : []),
  ];
}

function portTests(build: TestBuilder, { source, destination }: Ends): readonly Test[] {
  return [
    ...build.range('source-port', `${source}portstart`, `${source}portend`),
    ...build.range('destination-port', `${destination}portstart`, `${destination}portend`),
  ];
}

function ipTests(build: TestBuilder, ends: Ends): readonly Test[] {
  const { source, destination } = ends;
  return [
    ...build.equal('ip-source', `${source}ipaddr`, `${source}ipmask`),
    ...build.equal('ip-destination', `${destination}ipaddr`, `${destination}ipmask`),
    ...build.equal('ip-protocol', 'protocol'),
    ...portTests(build, ends),
    ...build.equal('ip-dscp', 'dscp'),
  ];
}

function ip6Tests(build: TestBuilder, ends: Ends): readonly Test[] {
  const { source, destination } = ends;
  return [
    ...build.equal('ip6-source', `${source}ipaddr`, `${source}ipmask`),
    ...build.equal('ip6-destination', `${destination}ipaddr`, `${destination}ipmask`),
    ...build.equal('transport-protocol', 'protocol'),
    // A packet that ends with its extension headers has no protocol, so it is of no other protocol either.
    ...(build.operand('protocol')?.negated === true
      ? noProtocols.map((number) => requires('transport-protocol', number, true))
      : []),
    ...portTests(build, ends),
    ...build.icmp({ type: 'type', typeEnd: 'typeend', code: 'code', codeEnd: 'codeend' }),
  ];
}

/** The tests of a rule on frames; `reversed` for the outgoing half of an `inout` rule. */
export function frameTests(rule: BoundRule, protocol: FrameProtocol, reversed: boolean): readonly Test[] {
  const build = testBuilder(rule);
  const ends = reversed ? reverse : forward;
  const ether = etherTests(build, ends);
  switch (protocol) {
    case 'mac':
      return [...ether, ...build.equal('ether-type', 'protocolid')];
    case 'vlan':
      return [
        ...ether,
        requires('ether-type', etherTypeNames.vlan),
        ...build.equal('vlan-id', 'vlanid'),
        ...build.equal('vlan-type', 'encap-protocol'),
      ];
    case 'stp':
      // BPDUs have one destination; what an inout rule says of the source holds in both directions.
      return [...etherTests(build, forward), requires('ether-destination', bridgeGroupAddress), ...stpTests(build)];
    case 'arp':
    case 'rarp':
      return [...ether, requires('ether-type', etherTypeNames[protocol]), ...arpTests(build, ends)];
    case 'ip':
      return [...ether, requires('ether-type', etherTypeNames.ipv4), ...ipTests(build, ends)];
    case 'ipv6':
      return [...ether, requires('ether-type', etherTypeNames.ipv6), ...ip6Tests(build, ends)];
  }
}
