/**
 * Attributes that only complete another one: masks, ends of ranges, an ICMP code, an ipset's flags. They are negated together with it, and mean
 * nothing without it; only ipv6 can do with any one of type, typeend, code and codeend.
 */
export const attributeBases: Readonly<Record<string, string>> = {
  srcmacmask: 'srcmacaddr',
  dstmacmask: 'dstmacaddr',
  srcipmask: 'srcipaddr',
  dstipmask: 'dstipaddr',
  arpsrcipmask: 'arpsrcipaddr',
  arpdstipmask: 'arpdstipaddr',
  srcipto: 'srcipfrom',
  dstipto: 'dstipfrom',
  srcportend: 'srcportstart',
  dstportend: 'dstportstart',
  code: 'type',
  typeend: 'type',
  codeend: 'code',
  ipsetflags: 'ipset',
  'root-priority-hi': 'root-priority',
  'root-address-mask': 'root-address',
  'root-cost-hi': 'root-cost',
  'sender-priority-hi': 'sender-priority',
  'sender-address-mask': 'sender-address',
  'port-hi': 'port',
  'age-hi': 'age',
  'max-age-hi': 'max-age',
  'hello-time-hi': 'hello-time',
  'forward-delay-hi': 'forward-delay',
};
