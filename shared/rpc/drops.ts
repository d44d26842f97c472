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

export const dropMethods = {
  /** The rules that have dropped anything, the busiest first. */
  'drops.list': method('read', z.strictObject({}), z.strictObject({ groups: z.array(dropGroupSchema) })),
} as const;
