import * as z from 'zod';
import { networkChangeSchema, networkNameSchema } from './network-setup.ts';
import { plugSchema } from './plug.ts';
import {
  chainSchema,
  deviceNameSchema,
  elementSchema,
  objectNameSchema,
  ruleSchema,
  setDefinitionSchema,
  tableFamilySchema,
} from './ruleset.ts';

const at = { family: tableFamilySchema };

/** One change to the tables. Operations are carried out in their order, all in one nft transaction. */
export const operationSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add-chain'), ...at, chain: objectNameSchema, content: chainSchema }),
  /** Puts other rules into a chain that stays where it is, so that what refers to it goes on doing so; their counters start anew. */
  z.strictObject({
    op: z.literal('replace-rules'),
    ...at,
    chain: objectNameSchema,
    rules: z.array(ruleSchema).max(4096),
  }),
  z.strictObject({ op: z.literal('delete-chain'), ...at, chain: objectNameSchema }),
  z.strictObject({ op: z.literal('add-set'), ...at, set: objectNameSchema, definition: setDefinitionSchema }),
  z.strictObject({ op: z.literal('delete-set'), ...at, set: objectNameSchema }),
  z.strictObject({
    op: z.literal('add-elements'),
    ...at,
    set: objectNameSchema,
    elements: z.array(elementSchema).min(1),
  }),
  z.strictObject({
    op: z.literal('delete-elements'),
    ...at,
    set: objectNameSchema,
    elements: z.array(elementSchema).min(1),
  }),
]);
export type Operation = z.infer<typeof operationSchema>;

/**
 * A definition's file: `filters/NAME.xml`, `bindings/DEV.xml`, `networks/NAME.xml`, `live-networks/NAME.xml` (a started network as it stands) or
 * `ports/DEV.xml` of the state folder; text null removes it. The text is data, never run.
 */
export const definitionChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('filter'),
    name: z.string().min(1).max(128),
    text: z.string().max(262_144).nullable(),
  }),
  z.strictObject({ kind: z.literal('binding'), name: deviceNameSchema, text: z.string().max(65_536).nullable() }),
  z.strictObject({
    kind: z.enum(['network', 'live-network']),
    name: networkNameSchema,
    text: z.string().max(262_144).nullable(),
  }),
  z.strictObject({ kind: z.literal('port'), name: deviceNameSchema, text: z.string().max(65_536).nullable() }),
]);
export type DefinitionChange = z.infer<typeof definitionChangeSchema>;

export const planSchema = z.strictObject({
  version: z.literal(1),
  /** The generation that this plan was computed from; a plan on top of another one is refused as stale. */
  base: z.int().min(0),
  operations: z.array(operationSchema).max(50_000),
  /** Whether packets in bridges must be shown to the inet family (bridge-nf-call-iptables and -ip6tables); the helper puts them back. */
  bridgeNetfilter: z.boolean(),
  definitions: z.array(definitionChangeSchema).max(10_000),
  /** Networks that are to stand otherwise than now, with all that is not nftables; absent where none is. */
  networks: z.array(networkChangeSchema).max(1000).optional(),
  /** NICs of others that go to another network, once rules and networks stand; absent where none does. */
  plugs: z.array(plugSchema).max(1000).optional(),
});
export type Plan = z.infer<typeof planSchema>;
