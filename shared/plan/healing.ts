import * as z from 'zod';
import { lateSchema } from './late-schema.ts';

/** A process that has changed the kernel's rules, as the kernel itself names it. */
const culpritSchema = z.strictObject({ pid: z.int().min(0), program: z.string().max(64) });
export type Culprit = z.infer<typeof culpritSchema>;

/** Names that one record has room for. */
export const maxNames = 64;

const whatSchema = {
  /** When it was seen to, ISO 8601 in UTC. */
  at: z.iso.datetime(),
  /** rules: the tables, or a part of them. devices: bridges and TAPs of started networks. dnsmasq: of started networks. */
  what: z.enum(['rules', 'devices', 'dnsmasq']),
  /** The devices, or the networks that are served. */
  names: z.array(z.string().max(128)).max(maxNames),
  /** Absent where the kernel does not tell. */
  by: culpritSchema.optional(),
};

/** Something of Guestward's that went away without its doing, and what became of it. */
export const healingSchema = lateSchema(() =>
  z.discriminatedUnion('outcome', [
    z.strictObject({
      ...whatSchema,
      outcome: z.literal('healed'),
      /** From when it was noticed to when it stood again; with rules, to when they stood. */
      milliseconds: z.int().min(0),
    }),
    /** It goes away again and again, and stays away for a while; bridges of started networks are down meanwhile. */
    z.strictObject({ ...whatSchema, outcome: z.literal('waiting'), losses: z.int().min(1), until: z.iso.datetime() }),
    /** It could not be put back, for the reason that is given, and will be tried again; bridges of started networks are down meanwhile. */
    z.strictObject({
      ...whatSchema,
      outcome: z.literal('failed'),
      message: z.string().max(4096),
      until: z.iso.datetime(),
    }),
  ]),
);
export type Healing = z.infer<typeof healingSchema>;
