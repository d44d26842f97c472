import * as z from 'zod';
import { method } from './method.ts';

const nothing = z.strictObject({});

/**
 * What the app may do on this machine. root: it was started with all rights. granted: the user has consented, for as long as the app is open.
 * ask: the first change asks. refused: it was asked and declined, and may be asked again. unavailable: there is no way to root here.
 */
export const rightsSchema = z.enum(['root', 'granted', 'ask', 'refused', 'unavailable']);
export type Rights = z.infer<typeof rightsSchema>;

export const appDescriptionSchema = z.strictObject({
  version: z.string(),
  /** lab: nothing of what is seen or changed is the real machine's. */
  place: z.enum(['host', 'lab']),
  door: z.enum(['window', 'browser']),
  rights: rightsSchema,
  /** How consent is asked for, e.g. "pkexec". */
  consent: z.enum(['none', 'pkexec', 'sudo']),
  /** Absent until the helper has been asked. */
  backend: z
    .strictObject({ name: z.string(), reason: z.string(), kernel: z.string(), nftVersion: z.string() })
    .optional(),
  /** Abilities of the kernel that change what rules can do, with a sentence each. */
  abilities: z.array(z.strictObject({ name: z.string(), present: z.boolean(), meaning: z.string() })),
  stateFolder: z.string(),
});
export type AppDescription = z.infer<typeof appDescriptionSchema>;

export const appMethods = {
  'app.describe': method('see', nothing, appDescriptionSchema),
  /** Asks for the user's consent and starts the helper; says first what it will be used for. */
  'app.unlock': method('change', nothing, appDescriptionSchema),
} as const;

export const appEvents = {
  'app.changed': appDescriptionSchema,
  /** The user opened an XML file with the app, which is to be looked at before anything is made of it. `name` has no folder. */
  'app.open-file': z.strictObject({ name: z.string().max(255), text: z.string().max(262_144) }),
} as const;
