import * as z from 'zod';
import { method } from './method.ts';

/** Where a rule is written. */
export const rulePlaceSchema = z.strictObject({ filter: z.string(), file: z.string(), line: z.int() });
export type RulePlace = z.infer<typeof rulePlaceSchema>;

/** A frame that a rule has dropped or rejected. */
export const dropSchema = z.strictObject({
  id: z.int(),
  /** Milliseconds since 1970. */
  at: z.number(),
  device: z.string(),
  direction: z.enum(['out', 'in']),
  verdict: z.enum(['drop', 'reject']),
  /** Absent where it was not a filter's rule but a network's. */
  rule: rulePlaceSchema.optional(),
  network: z.string().optional(),
  /** In one line: protocol and ends. */
  summary: z.string(),
  /** The frame's first bytes, as hexadecimal. */
  frame: z.string(),
});
export type Drop = z.infer<typeof dropSchema>;

/** Drops of one NIC by one rule. `packets` is the kernel's own count, also of those that were not shown. */
export const dropGroupSchema = z.strictObject({
  device: z.string(),
  rule: rulePlaceSchema.optional(),
  network: z.string().optional(),
  verdict: z.enum(['drop', 'reject']),
  packets: z.number(),
  last: dropSchema.optional(),
});
export type DropGroup = z.infer<typeof dropGroupSchema>;

export const dropMethods = {
  /** Newest first, at most what is kept. */
  'drops.list': method(
    'read',
    z.strictObject({ device: z.string().max(15).optional() }),
    z.strictObject({ groups: z.array(dropGroupSchema), drops: z.array(dropSchema) }),
  ),
} as const;

export const dropEvents = {
  /** At most a few times a second. `skipped`: so many more were dropped in that time than are shown. */
  'drops.seen': z.strictObject({ drops: z.array(dropSchema), groups: z.array(dropGroupSchema), skipped: z.int() }),
} as const;
