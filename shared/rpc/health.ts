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
