import { type FieldName, fields } from '../../../../shared/plan/field-table.ts';
import type { RawField } from '../../../../shared/plan/fields.ts';
import type { Operation, Plan } from '../../../../shared/plan/plan.ts';
import type { Match, SetDefinition, Statement } from '../../../../shared/plan/ruleset.ts';
import type { TableFamily } from '../../../../shared/plan/table-families.ts';

const raw = (header: RawField['raw'], offset: number, length: number): RawField => ({ raw: header, offset, length });

/** A value of every field, and what nft text it becomes. */
export const fieldSamples = {
  'ether saddr': '52:54:00:00:00:01',
  'ether daddr': '52:54:00:00:00:02',
  'ether type': '2054',
  'vlan id': '100',
  'vlan type': '2048',
  'arp htype': '1',
  'arp ptype': '2048',
  'arp hlen': '6',
  'arp plen': '4',
  'arp operation': '2',
  'arp saddr ether': '52:54:00:00:00:01',
  'arp saddr ip': '10.0.0.1',
  'arp daddr ether': '52:54:00:00:00:02',
  'arp daddr ip': '10.0.0.2',
  'ip saddr': '10.0.0.1',
  'ip daddr': '10.0.0.2',
  'ip protocol': '6',
  'ip dscp': '10',
  'ip6 saddr': 'fe80::1',
  'ip6 daddr': 'ff02::1',
  'ip6 dscp': '10',
  'meta nfproto': '2',
  'meta l4proto': '17',
  'th sport': '68',
  'th dport': '67',
  'icmp type': '8',
  'icmp code': '0',
  'icmpv6 type': '135',
  'icmpv6 code': '0',
} as const satisfies Readonly<Record<FieldName, string>>;

/** The table in which a field can be looked at. */
export function familyOf(field: FieldName): TableFamily {
  return field === 'meta nfproto' || /^(ip|ip6|th|icmp|icmpv6|meta) /.test(field) ? 'inet' : 'bridge';
}

/** A comparison of every field, with the text that comes of it. */
export const comparisons = (Object.keys(fields) as FieldName[]).map((field) => {
  const value = fieldSamples[field];
  const written = fields[field].type === 'ether_type' ? `0x${Number(value).toString(16).padStart(4, '0')}` : value;
  return [{ match: 'compare', field, operator: '==', value }, `${field} == ${written}`] as const;
}) satisfies readonly (readonly [Match, string])[];

/** Every kind of match, in the bridge table but where it says otherwise. */
export const matches: readonly (readonly [Match, string])[] = [
  ...comparisons,
  [{ match: 'compare', field: 'ip saddr', operator: '!=', value: '10.0.0.1' }, 'ip saddr != 10.0.0.1-10.0.0.1'],
  [{ match: 'compare', field: 'ip dscp', operator: '!=', value: '10' }, 'ip dscp != 10-10'],
  [{ match: 'compare', field: 'ip6 dscp', operator: '!=', value: '10' }, 'ip6 dscp != 10-10'],
  [{ match: 'compare', field: 'vlan id', operator: '!=', value: '5' }, 'vlan id != 5-5'],
  [
    { match: 'compare', field: 'ip saddr', operator: '==', value: '10.0.0.0', mask: '255.255.255.0' },
    'ip saddr & 255.255.255.0 == 10.0.0.0',
  ],
  [
    { match: 'compare', field: 'ether saddr', operator: '!=', value: '52:54:00:00:00:00', mask: 'ff:ff:ff:00:00:00' },
    'ether saddr & ff:ff:ff:00:00:00 != 52:54:00:00:00:00',
  ],
  [
    { match: 'compare', field: 'ip6 saddr', operator: '==', value: 'fe80::', mask: 'ffff::' },
    'ip6 saddr & ffff:: == fe80::',
  ],
  [
    { match: 'compare', field: raw('nh', 64, 48), operator: '==', value: '0x5254000000', mask: '0xffffff0000' },
    '@nh,64,48 & 0xffffff0000 == 0x5254000000',
  ],
  [
    { match: 'compare', field: raw('ll', 0, 128), operator: '==', value: '0x112233445566778899aabbccddeeff00' },
    '@ll,0,128 == 0x112233445566778899aabbccddeeff00',
  ],
  [{ match: 'compare', field: raw('th', 3, 5), operator: '!=', value: '0x1f' }, '@th,3,5 != 0x1f-0x1f'],
  [
    { match: 'range', field: 'ip saddr', operator: '==', low: '10.0.0.1', high: '10.0.0.9' },
    'ip saddr 10.0.0.1-10.0.0.9',
  ],
  [
    { match: 'range', field: 'ip6 daddr', operator: '!=', low: 'fe80::1', high: 'fe80::9' },
    'ip6 daddr != fe80::1-fe80::9',
  ],
  [{ match: 'range', field: 'th dport', operator: '==', low: '0', high: '65535' }, 'th dport 0-65535'],
  [{ match: 'range', field: 'ether type', operator: '!=', low: '1', high: '1500' }, 'ether type != 0x0001-0x05dc'],
  [{ match: 'range', field: raw('nh', 0, 16), operator: '==', low: '0x5', high: '0x5' }, '@nh,0,16 0x5-0x5'],
  [
    { match: 'lookup', key: 'iifname', fields: ['ether saddr'], set: 'mac', negated: true },
    'iifname . ether saddr != @gw_mac',
  ],
  [
    { match: 'lookup', key: 'oifname', fields: ['ip daddr', raw('nh', 64, 48)], set: 'mixed', negated: false },
    'oifname . ip daddr . @nh,64,48 @gw_mixed',
  ],
  [
    { match: 'same-byte', left: raw('nh', 0, 8), right: raw('ll', 48, 8), negated: false },
    '@nh,0,8 . @ll,48,8 @gw_same_bytes',
  ],
  [
    { match: 'same-byte', left: raw('nh', 0, 8), right: raw('ll', 48, 8), negated: true },
    '@nh,0,8 . @ll,48,8 != @gw_same_bytes',
  ],
  [{ match: 'tcp-flags', operator: '==', mask: 0x3f, flags: 0x02 }, 'tcp flags & 0x3f == 0x2'],
  [{ match: 'tcp-flags', operator: '!=', mask: 0xff, flags: 0 }, 'tcp flags & 0xff != 0x0'],
  [{ match: 'tcp-option', number: 2, present: true }, 'tcp option 2 exists'],
  [{ match: 'tcp-option', number: 253, present: false }, 'tcp option 253 missing'],
  [{ match: 'own-mark' }, 'meta mark & 0xffff0000 == 0x67770000'],
  [{ match: 'interface', key: 'iifname', operator: '==', device: 'virbr0' }, 'iifname == "virbr0"'],
  [{ match: 'interface', key: 'oifname', operator: '!=', device: 'eth0.7' }, 'oifname != "eth0.7"'],
];

/** Matches that need connection tracking or routes, which the bridge table does not have on every kernel. */
export const inetMatches: readonly (readonly [Match, string])[] = [
  [
    { match: 'lookup', key: 'mark', fields: ['ip saddr'], set: 'addresses', negated: false },
    'meta mark . ip saddr @gw_addresses',
  ],
  [{ match: 'ct-state', states: ['established'] }, 'ct state established'],
  [{ match: 'ct-state', states: ['new', 'related', 'invalid', 'untracked'] }, 'ct state new,related,invalid,untracked'],
  [{ match: 'ct-direction', direction: 'original' }, 'ct direction original'],
  [{ match: 'ct-direction', direction: 'reply' }, 'ct direction reply'],
  [
    { match: 'connections', key: 'mark', fields: ['ip saddr'], set: 'counted', above: 3, negated: false },
    'add @gw_counted { meta mark . ip saddr ct count over 3 }',
  ],
  [
    { match: 'connections', key: 'mark', fields: ['ip saddr'], set: 'counted', above: 3, negated: true },
    'add @gw_counted { meta mark . ip saddr ct count 3 }',
  ],
  [{ match: 'lookup', key: 'none', fields: ['ip daddr'], set: 'bridges', negated: false }, 'ip daddr @gw_bridges'],
  [
    { match: 'lookup', key: 'none', fields: ['ip saddr', 'th dport'], set: 'services', negated: true },
    'ip saddr . th dport != @gw_services',
  ],
  [{ match: 'address-type', side: 'daddr', operator: '==', type: 'local' }, 'fib daddr type == local'],
  [{ match: 'address-type', side: 'saddr', operator: '!=', type: 'unicast' }, 'fib saddr type != unicast'],
  [{ match: 'address-type', side: 'daddr', operator: '==', type: 'broadcast' }, 'fib daddr type == broadcast'],
  [{ match: 'address-type', side: 'daddr', operator: '==', type: 'multicast' }, 'fib daddr type == multicast'],
  [{ match: 'ct-status', status: 'dnat' }, 'ct status dnat'],
  [{ match: 'ct-status', status: 'snat' }, 'ct status snat'],
  [{ match: 'before', time: 1_800_000_000 }, 'meta time < 1800000000'],
];

/** Every statement of the bridge table. */
export const statements: readonly (readonly [Statement, string])[] = [
  [{ do: 'accept' }, 'accept'],
  [{ do: 'drop' }, 'drop'],
  [{ do: 'return' }, 'return'],
  [{ do: 'count' }, 'counter'],
  [
    { do: 'log' },
    [
      'limit rate 10/second burst 20 packets',
      'log prefix "unnamed" group 26487 snaplen 160 queue-threshold 1',
      'log prefix "unnamed" group 26488 snaplen 160 queue-threshold 1',
      'log prefix "unnamed" group 26489 snaplen 160 queue-threshold 1',
      'log prefix "unnamed" group 26490 snaplen 160 queue-threshold 1',
    ].join(' '),
  ],
  [{ do: 'jump', chain: 'leaf' }, 'jump gw_leaf'],
  [{ do: 'goto', chain: 'leaf' }, 'goto gw_leaf'],
  [{ do: 'dispatch', key: 'iifname', map: 'ports' }, 'iifname vmap @gw_ports'],
  [{ do: 'dispatch', key: 'oifname', map: 'ports' }, 'oifname vmap @gw_ports'],
  [
    {
      do: 'dispatch-type',
      chains: [
        { etherType: 0x800, chain: 'leaf' },
        { etherType: 0x86dd, chain: 'leaf' },
      ],
    },
    'ether type vmap { 0x0800 : jump gw_leaf, 0x86dd : jump gw_leaf }',
  ],
  [{ do: 'set-mark', key: 'iifname', map: 'numbers' }, 'meta mark set iifname map @gw_numbers'],
  [{ do: 'set-mark', key: 'oifname', map: 'numbers' }, 'meta mark set oifname map @gw_numbers'],
  [{ do: 'clear-mark' }, 'meta mark set 0x0'],
];

/** Statements of the inet table that the bridge table does not take on every kernel. */
export const inetStatements: readonly (readonly [Statement, string])[] = [
  [{ do: 'reject', with: 'tcp-reset' }, 'reject with tcp reset'],
  [{ do: 'reject', with: 'port-unreachable' }, 'reject with icmpx port-unreachable'],
  [{ do: 'dispatch', key: 'mark', map: 'marked' }, 'meta mark vmap @gw_marked'],
];

/** Statements of the chain in which destinations are translated. */
export const dnatStatements: readonly (readonly [Statement, string])[] = [
  [{ do: 'dnat', family: 'ip', address: '10.0.0.1' }, 'dnat ip to 10.0.0.1'],
  [{ do: 'dnat', family: 'ip', address: '10.0.0.1', ports: { low: 80, high: 80 } }, 'dnat ip to 10.0.0.1:80'],
  [
    { do: 'dnat', family: 'ip6', address: 'fd00::1', ports: { low: 8000, high: 8009 } },
    'dnat ip6 to [fd00::1]:8000-8009',
  ],
  [{ do: 'dnat', family: 'ip6', address: 'fd00::1' }, 'dnat ip6 to fd00::1'],
];

/** Statements of the chain in which sources are translated. */
export const snatStatements: readonly (readonly [Statement, string])[] = [
  [{ do: 'masquerade' }, 'masquerade'],
  [{ do: 'masquerade', ports: { low: 1024, high: 65_535 } }, 'masquerade to :1024-65535'],
  [{ do: 'snat', family: 'ip', low: '192.0.2.1', high: '192.0.2.1' }, 'snat ip to 192.0.2.1'],
  [
    { do: 'snat', family: 'ip', low: '192.0.2.1', high: '192.0.2.9', ports: { low: 1024, high: 2047 } },
    'snat ip to 192.0.2.1-192.0.2.9:1024-2047',
  ],
  [
    { do: 'snat', family: 'ip6', low: 'fd00::1', high: 'fd00::9', ports: { low: 1024, high: 2047 } },
    'snat ip6 to [fd00::1]-[fd00::9]:1024-2047',
  ],
];

const values = (key: SetDefinition['key'], parts: SetDefinition['fields']): SetDefinition => ({
  kind: 'values',
  key,
  fields: parts,
});

/** Every kind of set, and of key, with its declaration. */
export const bridgeSets: readonly (readonly [name: string, SetDefinition, string])[] = [
  ['mac', values('ifname', ['ether saddr']), '{ type ifname . ether_addr; }'],
  ['mixed', values('ifname', ['ip daddr', raw('nh', 64, 48)]), '{ typeof iifname . ip daddr . @nh,64,48; }'],
  ['plain', values('ifname', ['vlan id', 'ether type']), '{ typeof iifname . vlan id . ether type; }'],
  ['ports', { kind: 'verdicts', key: 'ifname', fields: [] }, '{ type ifname : verdict; }'],
  ['numbers', { kind: 'marks', key: 'ifname', fields: [] }, '{ type ifname : mark; }'],
];

export const inetSets: readonly (readonly [name: string, SetDefinition, string])[] = [
  ['addresses', values('mark', ['ip saddr']), '{ type mark . ipv4_addr; }'],
  ['codes', values('mark', ['icmp type', 'icmp code']), '{ typeof meta mark . icmp type . icmp code; }'],
  ['marked', { kind: 'verdicts', key: 'mark', fields: [] }, '{ type mark : verdict; }'],
  ['bridges', values('none', ['ip daddr']), '{ type ipv4_addr; }'],
  ['bridges6', values('none', ['ip6 daddr']), '{ type ipv6_addr; }'],
  ['services', values('none', ['ip saddr', 'th dport']), '{ type ipv4_addr . inet_service; }'],
  ['kinds', values('none', ['icmp type']), '{ typeof icmp type; }'],
  [
    'counted',
    { kind: 'connections', key: 'mark', fields: ['ip saddr'] },
    '{ type mark . ipv4_addr; flags dynamic; size 65535; }',
  ],
  [
    'counted_dscp',
    { kind: 'connections', key: 'mark', fields: ['ip dscp'] },
    '{ typeof meta mark . ip dscp; flags dynamic; size 65535; }',
  ],
];

/** A plan that has every operation, match, statement and set in it. */
export function wholeSample(base = 0): Plan {
  return {
    version: 1,
    base,
    bridgeNetfilter: true,
    operations: [...sampleTable('bridge'), ...sampleTable('inet'), ...sampleChanges()],
    definitions: [
      { kind: 'filter', name: 'no-spoofing', text: '<filter name="no-spoofing"/>' },
      { kind: 'binding', name: 'vnet0', text: '<filterbinding/>' },
      { kind: 'filter', name: 'gone', text: null },
    ],
  };
}

function sampleTable(family: TableFamily): readonly Operation[] {
  const isBridge = family === 'bridge';
  const sets = isBridge ? bridgeSets : inetSets;
  const ours = isBridge
    ? matches.filter(([match]) => !(match.match === 'compare' && match.field === 'meta nfproto'))
    : inetMatches;
  const does = isBridge ? statements : inetStatements;
  const port = isBridge ? 'vnet0' : 1;
  return [
    ...sets.map(([set, definition]): Operation => ({ op: 'add-set', family, set, definition })),
    {
      op: 'add-chain',
      family,
      chain: 'leaf',
      content: {
        rules: [
          ...ours.map(([match], line) => rule([match], { do: 'count' }, `every match:${line + 1}`)),
          rule(
            ours.slice(0, 3).map(([match]) => match),
            { do: 'drop' },
            'several matches:1',
          ),
        ],
      },
    },
    {
      op: 'add-chain',
      family,
      chain: 'statements',
      content: {
        base: isBridge ? 'frames-out' : 'packets-in',
        rules: does.map(([statement], line) => rule([], statement, `every statement:${line + 1}`)),
      },
    },
    ...(isBridge ? [] : sampleTranslations()),
    {
      op: 'add-elements',
      family,
      set: isBridge ? 'ports' : 'marked',
      elements: [{ port, values: [], chain: 'leaf' }],
    },
    {
      op: 'add-elements',
      family,
      set: isBridge ? 'mixed' : 'addresses',
      elements: [{ port, values: isBridge ? ['10.0.0.1', '0x525400000001'] : ['10.0.0.1'] }],
    },
  ];
}

/** What the kernel takes in the chains of its own alone. */
function sampleTranslations(): readonly Operation[] {
  const family = 'inet';
  const udp: Match = { match: 'compare', field: 'meta l4proto', operator: '==', value: '17' };
  const rulesOf = (does: readonly (readonly [Statement, string])[]) =>
    does.map(([statement], line) => rule([udp], statement, `every statement:${line + 1}`));
  return [
    {
      op: 'add-chain',
      family,
      chain: 'forwards',
      content: { base: 'network-dnat', rules: rulesOf(dnatStatements) },
    },
    {
      op: 'add-chain',
      family,
      chain: 'sources',
      content: { base: 'network-snat', rules: rulesOf(snatStatements) },
    },
    { op: 'add-elements', family, set: 'bridges', elements: [{ port: '*', values: ['10.0.0.1'] }] },
    { op: 'add-elements', family, set: 'bridges6', elements: [{ port: '*', values: ['fd00::1'] }] },
    { op: 'add-elements', family, set: 'services', elements: [{ port: '*', values: ['10.0.0.1', '80'] }] },
  ];
}

function rule(ruleMatches: readonly Match[], statement: Statement, comment: string) {
  return { comment, matches: [...ruleMatches], counter: true, statement };
}

/** Operations on what `sampleTable` has made. */
function sampleChanges(): readonly Operation[] {
  const family = 'bridge';
  return [
    { op: 'add-elements', family, set: 'numbers', elements: [{ port: 'vnet0', values: [], mark: 1 }] },
    {
      op: 'add-elements',
      family,
      set: 'mac',
      elements: ['vnet0', 'vnet1'].map((port) => ({ port, values: ['52:54:00:00:00:01'] })),
    },
    { op: 'delete-elements', family, set: 'mac', elements: [{ port: 'vnet1', values: ['52:54:00:00:00:01'] }] },
    { op: 'add-set', family, set: 'passing', definition: { kind: 'values', key: 'ifname', fields: ['ip saddr'] } },
    { op: 'delete-set', family, set: 'passing' },
    { op: 'add-chain', family, chain: 'passing', content: { rules: [] } },
    { op: 'replace-rules', family, chain: 'passing', rules: [rule([], { do: 'accept' }, 'replaced:1')] },
    { op: 'delete-chain', family, chain: 'passing' },
  ];
}
