import * as z from 'zod';
import { method } from './method.ts';
import { findingSchema } from './network.ts';

export const healthMethods = {
  /** What doctor finds in the way of every network, the networks by name. */
  'health.examine': method(
    'read',
    z.strictObject({}),
    z.strictObject({ networks: z.array(z.strictObject({ name: z.string(), findings: z.array(findingSchema) })) }),
  ),
} as const;

/** Something of Guestward's that another program took away, and what became of it. */
export const healedSchema = z.strictObject({
  /** Milliseconds since 1970. */
  at: z.number(),
  what: z.enum(['rules', 'devices', 'dnsmasq']),
  /** The devices, or the networks that are served. */
  names: z.array(z.string()),
  /** Who had taken it away, where the kernel tells. */
  program: z.string().optional(),
  /** waiting, failed: it is tried again later, and bridges of networks are down until then. */
  outcome: z.enum(['healed', 'waiting', 'failed']),
});
export type Healed = z.infer<typeof healedSchema>;

export const healthEvents = { 'health.healed': healedSchema } as const;
