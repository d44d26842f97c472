import * as z from 'zod';
import { deviceNamePattern } from './device-name.ts';
import { fieldSchema, rawFieldSchema } from './fields.ts';
import { tableFamilies } from './table-families.ts';

/** Name of a chain, set or map inside Guestward's own tables, without the prefix that the writer adds. Two names are the writer's own. */
export const objectNameSchema = z.string().regex(/^(?!(?:generation|same_bytes)$)[a-z][a-z0-9_]{0,39}$/);

export const deviceNameSchema = z.string().regex(deviceNamePattern);

export const tableFamilySchema = z.enum(tableFamilies);

/**
 * A value of a field: MAC aa:bb:cc:dd:ee:ff, IPv4, IPv6 (RFC 5952), a decimal number, or 0x and lower case hexadecimal digits for raw fields.
 * Which one is right is decided by the field's type and width (see `checkRuleset`).
 */
export const fieldValueSchema = z.string().regex(/^[0-9a-fx:.]{1,45}$/);

/** What tells NICs apart in shared chains: the device a frame comes from or goes to, or the port number carried in the mark. */
export const portKeySchema = z.enum(['iifname', 'oifname', 'mark']);
export type PortKey = z.infer<typeof portKeySchema>;

/** What a set is looked up by beside fields. */
const lookupKeySchema = z.union([portKeySchema, z.literal('none')]);
export type LookupKey = z.infer<typeof lookupKeySchema>;

const operatorSchema = z.enum(['==', '!=']);
export const connectionStateSchema = z.enum(['new', 'established', 'related', 'invalid', 'untracked']);

export const matchSchema = z.discriminatedUnion('match', [
  z.strictObject({
    match: z.literal('compare'),
    field: fieldSchema,
    operator: operatorSchema,
    value: fieldValueSchema,
    /** Same notation as the value. */
    mask: fieldValueSchema.optional(),
  }),
  z.strictObject({
    match: z.literal('range'),
    field: fieldSchema,
    operator: operatorSchema,
    low: fieldValueSchema,
    high: fieldValueSchema,
  }),
  /** The port's key and these fields, as one concatenation, are (not) in the set; key none: the fields alone. */
  z.strictObject({
    match: z.literal('lookup'),
    key: lookupKeySchema,
    fields: z.array(fieldSchema).max(4),
    set: objectNameSchema,
    negated: z.boolean(),
  }),
  /** Two bytes of the frame are (not) equal: a lookup of the pair in a set of all 256 equal pairs, which the writer supplies. */
  z.strictObject({ match: z.literal('same-byte'), left: rawFieldSchema, right: rawFieldSchema, negated: z.boolean() }),
  z.strictObject({ match: z.literal('ct-state'), states: z.array(connectionStateSchema).min(1).max(5) }),
  z.strictObject({ match: z.literal('ct-direction'), direction: z.enum(['original', 'reply']) }),
  z.strictObject({
    match: z.literal('tcp-flags'),
    operator: operatorSchema,
    mask: z.int().min(0).max(0xff),
    flags: z.int().min(0).max(0xff),
  }),
  z.strictObject({ match: z.literal('tcp-option'), number: z.int().min(0).max(255), present: z.boolean() }),
  z.strictObject({
    match: z.literal('interface'),
    key: z.enum(['iifname', 'oifname']),
    operator: operatorSchema,
    device: deviceNameSchema,
  }),
  /** What the address is to this host (nft: fib saddr|daddr type). */
  z.strictObject({
    match: z.literal('address-type'),
    side: z.enum(['saddr', 'daddr']),
    operator: operatorSchema,
    type: z.enum(['local', 'broadcast', 'multicast', 'unicast']),
  }),
  /** A port forward has turned the connection to where it goes (nft: ct status dnat). */
  z.strictObject({ match: z.literal('ct-status'), status: z.enum(['dnat', 'snat']) }),
  /** The clock shows less than this, in seconds since 1970 (nft: meta time). */
  z.strictObject({ match: z.literal('before'), time: z.int().min(0).max(0xffff_ffff) }),
  /** The mark is one of Guestward's port numbers. */
  z.strictObject({ match: z.literal('own-mark') }),
  /** More (or, negated, not more) than `above` connections are open for this key and these fields (nft: ct count over); stands last. */
  z.strictObject({
    match: z.literal('connections'),
    key: portKeySchema,
    fields: z.array(fieldSchema).min(1).max(4),
    set: objectNameSchema,
    above: z.int().min(0).max(0xffff),
    negated: z.boolean(),
  }),
]);
export type Match = z.infer<typeof matchSchema>;

const natPortsSchema = z.strictObject({ low: z.int().min(1).max(0xffff), high: z.int().min(1).max(0xffff) });

export const statementSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.enum(['accept', 'drop', 'return']) }),
  /** Counts and goes on with the next rule. */
  z.strictObject({ do: z.literal('count') }),
  /** Tells whoever reads the drop log of the packet, under the rule's comment and only so often, and goes on with the next rule. */
  z.strictObject({ do: z.literal('log') }),
  z.strictObject({ do: z.enum(['jump', 'goto']), chain: objectNameSchema }),
  z.strictObject({ do: z.literal('reject'), with: z.enum(['tcp-reset', 'port-unreachable']) }),
  /** Looks the port up in a verdict map: `iifname vmap @ports`. */
  z.strictObject({ do: z.literal('dispatch'), key: portKeySchema, map: objectNameSchema }),
  /** Jumps by the outer EtherType, through one verdict map. */
  z.strictObject({
    do: z.literal('dispatch-type'),
    chains: z
      .array(z.strictObject({ etherType: z.int().min(0).max(0xffff), chain: objectNameSchema }))
      .min(1)
      .max(8),
  }),
  /** Sets the mark to the port's number, looked up by device. */
  z.strictObject({ do: z.literal('set-mark'), key: z.enum(['iifname', 'oifname']), map: objectNameSchema }),
  z.strictObject({ do: z.literal('clear-mark') }),
  /** The source becomes the address of the device that the packet leaves by. */
  z.strictObject({ do: z.literal('masquerade'), ports: natPortsSchema.optional() }),
  z.strictObject({
    do: z.literal('snat'),
    family: z.enum(['ip', 'ip6']),
    low: fieldValueSchema,
    high: fieldValueSchema,
    ports: natPortsSchema.optional(),
  }),
  /** Without ports the one that was asked for stays. */
  z.strictObject({
    do: z.literal('dnat'),
    family: z.enum(['ip', 'ip6']),
    address: fieldValueSchema,
    ports: natPortsSchema.optional(),
  }),
]);
export type Statement = z.infer<typeof statementSchema>;

export const ruleSchema = z.strictObject({
  /** Leads a drop, a counter or an nft error back to the filter and its line: `no-arp-spoofing:12`. */
  comment: z
    .string()
    .regex(/^[A-Za-z0-9 _.:/#+-]{1,96}$/)
    .optional(),
  matches: z.array(matchSchema).max(24),
  counter: z.boolean(),
  statement: statementSchema,
});
export type Rule = z.infer<typeof ruleSchema>;

/**
 * The places where Guestward's tables hook into the kernel; hook and priority are the writer's knowledge. "out" is what the guest sends.
 * frames-*: rules on frames. mark-*: give IP packets their port's number. packets-*: rules on packets, by connection state.
 * clear-*: take the number away. guard-*: drop what still carries a number, i.e. what br_netfilter did not show to packets-*.
 * network-*: what the kinds of networks promise. guard: what a guest never sends, before connections are tracked; dnat, dnat-host: port forwards, for what comes from elsewhere and from the host itself; input,
 * forward: what guests reach; snat: sources that are masqueraded.
 */
export const baseChains = {
  bridge: ['frames-out', 'frames-in', 'mark-out', 'mark-in', 'guard-out', 'guard-in', 'packets-out', 'packets-in'],
  inet: [
    'packets-out',
    'packets-in',
    'clear-out',
    'clear-in',
    'network-guard',
    'network-dnat',
    'network-dnat-host',
    'network-input',
    'network-forward',
    'network-snat',
  ],
} as const;
export const baseChainSchema = z.enum([
  'frames-out',
  'frames-in',
  'mark-out',
  'mark-in',
  'guard-out',
  'guard-in',
  'packets-out',
  'packets-in',
  'clear-out',
  'clear-in',
  'network-guard',
  'network-dnat',
  'network-dnat-host',
  'network-input',
  'network-forward',
  'network-snat',
]);
export type BaseChain = z.infer<typeof baseChainSchema>;

export const chainSchema = z.strictObject({
  base: baseChainSchema.optional(),
  rules: z.array(ruleSchema).max(4096),
});
export type Chain = z.infer<typeof chainSchema>;

/** values: a set of (port, fields...). verdicts: port -> goto chain. marks: device -> port number. connections: filled by the kernel. */
export const setDefinitionSchema = z.strictObject({
  kind: z.enum(['values', 'verdicts', 'marks', 'connections']),
  /** none: a set of values that are the same for all ports. */
  key: z.enum(['ifname', 'mark', 'none']),
  fields: z.array(fieldSchema).max(4),
});
export type SetDefinition = z.infer<typeof setDefinitionSchema>;

/** A port as it stands in an element: a device name, its number where the key is the mark, or * where there is no key. */
export const portSchema = z.union([deviceNameSchema, z.int().min(1).max(0xffff), z.literal('*')]);

export const elementSchema = z.strictObject({
  port: portSchema,
  values: z.array(fieldValueSchema).max(4),
  /** verdicts: the chain. */
  chain: objectNameSchema.optional(),
  /** The chain is left for the rule behind the lookup (nft: jump); else what looks up ends with it (goto). */
  returns: z.literal(true).optional(),
  /** marks: the port's number. */
  mark: z.int().min(1).max(0xffff).optional(),
});
export type Element = z.infer<typeof elementSchema>;

export const setSchema = z.strictObject({
  definition: setDefinitionSchema,
  elements: z.array(elementSchema).max(100_000),
});
export type NftSet = z.infer<typeof setSchema>;

const tableSchema = z.strictObject({
  chains: z.record(objectNameSchema, chainSchema),
  sets: z.record(objectNameSchema, setSchema),
});
export type Table = z.infer<typeof tableSchema>;

/** All that Guestward has (or wants to have) in the kernel's nftables: the content of its two tables. */
export const rulesetSchema = z.strictObject({ bridge: tableSchema, inet: tableSchema });
export type Ruleset = z.infer<typeof rulesetSchema>;

export const emptyRuleset: Ruleset = { bridge: { chains: {}, sets: {} }, inet: { chains: {}, sets: {} } };
