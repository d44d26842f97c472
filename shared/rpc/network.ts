import * as z from 'zod';
import { forwardSchema, openingSchema, reachSchema } from './changes.ts';
import { diagnosticSchema } from './failure.ts';
import { method } from './method.ts';

const name = z.string().min(1).max(128);

/** What doctor says of a network; `id` is what the action `cure` takes, where there is a cure. */
export const findingSchema = z.strictObject({
  id: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  /** Where the culprit can be found: a rule or a place, in words. */
  place: z.string().optional(),
  /** What Guestward can do about it, in a sentence. */
  cure: z.string().optional(),
  /** What a person can do about it, in a sentence. */
  manual: z.string().optional(),
});
export type NetworkFinding = z.infer<typeof findingSchema>;

export const leaseSchema = z.strictObject({
  address: z.string(),
  family: z.enum(['ipv4', 'ipv6']),
  mac: z.string().optional(),
  hostname: z.string().optional(),
  /** Seconds since 1970; absent: it does not end. */
  expires: z.int().optional(),
});
export type Lease = z.infer<typeof leaseSchema>;

/** An address that a network's DHCP keeps for one guest. */
export const keptAddressSchema = z.strictObject({
  address: z.string(),
  mac: z.string().optional(),
  name: z.string().optional(),
});
export type KeptAddress = z.infer<typeof keptAddressSchema>;

/** A port of the host that cannot be forwarded any more, and who has it. */
export const takenPortSchema = z.strictObject({
  protocol: z.enum(['tcp', 'udp']),
  low: z.int(),
  high: z.int(),
  by: z.discriminatedUnion('kind', [
    /** `everywhere`: not only for the host itself or for guests, so that a forward would hide it. */
    z.strictObject({
      kind: z.literal('process'),
      process: z.string(),
      pid: z.int(),
      address: z.string(),
      everywhere: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('forward'), network: z.string() }),
  ]),
});
export type TakenPort = z.infer<typeof takenPortSchema>;

/** A rule of a network's as it stands in the kernel; without numbers where it does not count. */
export const networkRuleSchema = z.strictObject({
  chain: z.string(),
  text: z.string(),
  packets: z.number().optional(),
  bytes: z.number().optional(),
});
export type NetworkRule = z.infer<typeof networkRuleSchema>;

export const networkDetailsSchema = z.strictObject({
  /** The network as it is started, else as it is defined. */
  text: z.string(),
  /** The definition, where it differs from what is started. */
  definition: z.string().optional(),
  findings: z.array(findingSchema),
  leases: z.array(leaseSchema),
  kept: z.array(keptAddressSchema),
  /** null: guests reach what the host's own firewall lets in. */
  openings: z.array(openingSchema).nullable(),
  forwards: z.array(forwardSchema),
  taken: z.array(takenPortSchema),
  reach: reachSchema,
  /** Multicast DNS and broadcasts of the LAN; only where the kind is lan. */
  reflect: z.boolean().optional(),
  dns: z.strictObject({
    enabled: z.boolean(),
    domain: z.string().optional(),
    /** Questions that nobody here knows the answer to go to these, else to the host's own servers. */
    forwarders: z.array(z.string()),
    hosts: z.array(z.strictObject({ address: z.string(), names: z.array(z.string()) })),
  }),
  /** Empty while it is stopped. */
  rules: z.array(networkRuleSchema),
  /** A subnet that nothing on this host uses, where there is one. */
  freeSubnet: z.string().optional(),
});
export type NetworkDetails = z.infer<typeof networkDetailsSchema>;

export const networkMethods = {
  /** All about one network that `machine.read` does not say. */
  'network.read': method('read', z.strictObject({ name }), networkDetailsSchema),
  /** What is wrong with an edited definition of the network `name`. */
  'network.check': method(
    'see',
    z.strictObject({ name, text: z.string().max(262_144) }),
    z.strictObject({ diagnostics: z.array(diagnosticSchema) }),
  ),
} as const;
