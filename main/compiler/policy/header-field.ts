/**
 * The header fields that a rule can test, with their widths in bits. Names follow the headers' own standards; where a field lies in a frame is
 * the evaluator's and each backend's knowledge.
 */
export const headerFields = {
  'ether-source': 48,
  'ether-destination': 48,
  /** The outermost EtherType or, for 802.3 frames, the length. */
  'ether-type': 16,
  'vlan-id': 12,
  'vlan-type': 16,
  /** DSAP, SSAP, control and protocol identifier of a BPDU: 42 42 03 00 00 (IEEE 802.1D, 9.2). */
  'stp-header': 40,
  'stp-type': 8,
  'stp-flags': 8,
  'stp-root-priority': 16,
  'stp-root-address': 48,
  'stp-root-cost': 32,
  'stp-sender-priority': 16,
  'stp-sender-address': 48,
  'stp-port': 16,
  'stp-age': 16,
  'stp-max-age': 16,
  'stp-hello-time': 16,
  'stp-forward-delay': 16,
  'arp-hardware-type': 16,
  'arp-protocol-type': 16,
  'arp-hardware-length': 8,
  'arp-protocol-length': 8,
  'arp-opcode': 16,
  'arp-sender-mac': 48,
  'arp-sender-ip': 32,
  'arp-target-mac': 48,
  'arp-target-ip': 32,
  'ip-source': 32,
  'ip-destination': 32,
  'ip-protocol': 8,
  'ip-dscp': 6,
  'ip6-source': 128,
  'ip6-destination': 128,
  'ip6-dscp': 6,
  /** The protocol above IP, for IPv6 the one after the extension headers. */
  'transport-protocol': 8,
  /** Ports, type and code do not exist in a fragment other than the first. */
  'source-port': 16,
  'destination-port': 16,
  'icmp-type': 8,
  'icmp-code': 8,
} as const;

export type HeaderField = keyof typeof headerFields;
