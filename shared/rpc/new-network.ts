import * as z from 'zod';
import { networkKindSchema } from './machine.ts';
import { method } from './method.ts';

/** What a person has said so far; the rest is chosen. */
export const wishSchema = z.strictObject({
  name: z.string().max(128).optional(),
  kind: networkKindSchema.optional(),
  /** As CIDR. */
  subnet: z.string().max(49).optional(),
  /** The only device that guests' packets leave by; kind bridge: the host's bridge. */
  uplink: z.string().max(15).optional(),
  ipv6: z.boolean().optional(),
  dhcp: z.boolean().optional(),
  /** The first and the last address that IPv4 guests are given; an empty one is chosen. */
  range: z.strictObject({ first: z.string().max(45), last: z.string().max(45) }).optional(),
  /** The domain of guests' names. */
  domain: z.string().max(253).optional(),
  /** Kept from one proposal to the next, lest addresses that are made of it change while one types. */
  uuid: z.uuid().optional(),
});
export type Wish = z.infer<typeof wishSchema>;

/** A part of a private block that somebody has. */
export const takenSchema = z.strictObject({ subnet: z.string(), by: z.string() });

export const proposalSchema = z.strictObject({
  name: z.string(),
  uuid: z.string().optional(),
  kind: networkKindSchema,
  /** The bridge's address first in its subnet; absent where the kind has none. */
  subnet: z.string().optional(),
  dhcp: z.strictObject({ first: z.string(), last: z.string() }).optional(),
  domain: z.string().optional(),
  ipv6: z.string().optional(),
  uplink: z.string().optional(),
  /** Bridges of the host that kind bridge could stand on. */
  bridges: z.array(z.string()),
  /** The way out is wireless: no access point lets a bridge of others through (IEEE 802.11 has one sender a station). */
  wirelessUplink: z.boolean(),
  taken: z.array(takenSchema),
  text: z.string(),
});
export type Proposal = z.infer<typeof proposalSchema>;

export const newNetworkMethods = {
  /** The network as it would be; refused, with the cause, where it could not be. */
  'new-network.propose': method('see', wishSchema, proposalSchema),
} as const;
