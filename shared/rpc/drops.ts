import * as z from 'zod';
import { method } from './method.ts';

/** Where a rule is written. */
export const rulePlaceSchema = z.strictObject({ filter: z.string(), file: z.string(), line: z.int() });
export type RulePlace = z.infer<typeof rulePlaceSchema>;

/** What one rule has dropped or rejected since it was put into the kernel, as the kernel counts; NICs of one shape share their rules. */
export const dropGroupSchema = z.strictObject({
  /** Absent where it was not a filter's rule but a network's. */
  rule: rulePlaceSchema.optional(),
  network: z.string().optional(),
  verdict: z.enum(['drop', 'reject']),
  packets: z.number(),
  bytes: z.number(),
});
export type DropGroup = z.infer<typeof dropGroupSchema>;

/** Packets that the kernel has told of, those of one guest and one rule together; the packet is the last one. */
export const seenDropsSchema = z.strictObject({
  /** Absent where the rule is a network's, or is not defined any more. */
  rule: rulePlaceSchema.optional(),
  network: z.string().optional(),
  /** The rule as the kernel calls it. */
  name: z.string(),
  /** The guest's, or the network's bridge. */
  device: z.string(),
  /** out: what the guest sent. */
  direction: z.enum(['out', 'in']),
  /** Protocol and ends in one line. */
  summary: z.string(),
  /** The whole Ethernet frame in hexadecimal, as it can be tried again; absent where the device has no such frames. */
  frame: z.string().optional(),
  count: z.int().min(1),
  /** Milliseconds since 1970, of the last one. */
  at: z.number(),
});
export type SeenDrops = z.infer<typeof seenDropsSchema>;

export const dropEvents = {
  /** At most twice a second. lost: packets that rules dropped beside those, of which the kernel has not told, or which are too many kinds to be listed. */
  'drops.seen': z.strictObject({ groups: z.array(seenDropsSchema), lost: z.number() }),
} as const;

export const dropMethods = {
  /** Has drops told as they happen, for so many seconds: whoever still looks by then asks again. */
  'drops.follow': method('read', z.strictObject({}), z.strictObject({ seconds: z.int() })),
  /** The rules that have dropped anything, the busiest first. */
  'drops.list': method('read', z.strictObject({}), z.strictObject({ groups: z.array(dropGroupSchema) })),
} as const;
