import * as z from 'zod';
import { method } from './method.ts';

const text = z.string().max(262_144);
const name = z.string().min(1).max(128);
const portRangeSchema = z.strictObject({ low: z.int().min(1).max(65_535), high: z.int().min(1).max(65_535) });
const protocolSchema = z.enum(['tcp', 'udp']);

export const forwardSchema = z.strictObject({
  protocol: protocolSchema,
  hostPorts: portRangeSchema,
  guestPorts: portRangeSchema,
  /** A guest's name, MAC address or address. */
  guest: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('name'), name }),
    z.strictObject({ by: z.literal('mac'), mac: z.string().max(17) }),
    z.strictObject({ by: z.literal('address'), address: z.string().max(45) }),
  ]),
  /** Seconds since 1970; absent: for good. */
  expires: z.int().optional(),
});
export type Forward = z.infer<typeof forwardSchema>;

export const openingSchema = z.strictObject({
  protocol: protocolSchema,
  ports: portRangeSchema,
  service: z.string().max(32).optional(),
});
export type Opening = z.infer<typeof openingSchema>;

export const reachSchema = z.strictObject({
  internet: z.boolean(),
  lan: z.boolean(),
  guests: z.boolean(),
  host: z.boolean(),
});
export type Reach = z.infer<typeof reachSchema>;

export const parametersSchema = z.record(z.string().max(128), z.array(z.string().max(128)).max(1000));

/** What a text is called where something is wrong with it: the file that it came from. */
const file = z.string().min(1).max(255).optional();

/** One thing a person wants done. Several together are one plan: all of it or nothing. */
export const actionSchema = z.discriminatedUnion('action', [
  /** XML as written; `start` brings a network up, or, where it is, changes it in place. */
  z.strictObject({ action: z.literal('define-network'), text, start: z.boolean(), file }),
  z.strictObject({ action: z.literal('start-network'), network: name }),
  z.strictObject({ action: z.literal('stop-network'), network: name }),
  /** Stopped first where it is started. */
  z.strictObject({ action: z.literal('remove-network'), network: name }),
  z.strictObject({ action: z.literal('set-autostart'), network: name, autostart: z.boolean() }),
  z.strictObject({ action: z.literal('set-reach'), network: name, reach: reachSchema }),
  /** Of a lan network: multicast DNS and broadcasts go from the LAN to guests and back. */
  z.strictObject({ action: z.literal('set-reflect'), network: name, reflect: z.boolean() }),
  /** null: guests reach what the host's own firewall lets in. */
  z.strictObject({
    action: z.literal('set-openings'),
    network: name,
    openings: z.array(openingSchema).max(256).nullable(),
  }),
  z.strictObject({ action: z.literal('add-forward'), network: name, forward: forwardSchema }),
  z.strictObject({ action: z.literal('remove-forward'), network: name, forward: forwardSchema }),
  /** Keeps an address for a guest; without `address`, forgets what is kept. */
  z.strictObject({
    action: z.literal('pin-address'),
    network: name,
    mac: z.string().max(17),
    address: z.string().max(45).optional(),
    name: name.optional(),
  }),
  z.strictObject({ action: z.literal('set-default-filter'), network: name, filter: name.nullable() }),
  /** Without a subnet, one that is free is chosen. */
  z.strictObject({ action: z.literal('renumber-network'), network: name, subnet: z.string().max(49).optional() }),
  z.strictObject({
    action: z.literal('attach'),
    device: z.string().max(15),
    filter: name,
    mac: z.string().max(17).optional(),
    parameters: parametersSchema,
  }),
  z.strictObject({ action: z.literal('detach'), device: z.string().max(15) }),
  z.strictObject({ action: z.literal('define-filter'), text, file }),
  /** Of a stock filter: takes away what redefined it. */
  z.strictObject({ action: z.literal('undefine-filter'), filter: name }),
  z.strictObject({
    action: z.literal('new-port'),
    network: name,
    guest: name.optional(),
    filter: name.optional(),
    mac: z.string().max(17).optional(),
    portGroup: name.optional(),
  }),
  z.strictObject({ action: z.literal('delete-port'), device: z.string().max(15) }),
  /** Plugs a guest into another network. Only ports that Guestward made; others are their hypervisor's to move. */
  z.strictObject({ action: z.literal('move-nic'), device: z.string().max(15), network: name }),
  /** Carries out cures that doctor offers, by their findings' ids. */
  z.strictObject({ action: z.literal('cure'), network: name, findings: z.array(z.string()).min(1).max(64) }),
  /** Brings back what the kernel lost. */
  z.strictObject({ action: z.literal('restore') }),
]);
export type Action = z.infer<typeof actionSchema>;

/** What a change would do, before it is done. */
export const previewSchema = z.strictObject({
  /** The change in a few words, as the journal will call it. */
  title: z.string(),
  /** What happens, a sentence each. */
  steps: z.array(z.string()),
  /** Whom it interrupts, a sentence each; empty: nobody. */
  interrupts: z.array(z.string()),
  /** NICs whose rules change. */
  nics: z.array(z.string()),
  /** It could cut off whoever looks at this screen: it is to be confirmed once it is in force, or taken back by itself. */
  needsConfirmation: z.boolean(),
  /** Definitions that change, as text; undefined: there was none, or will be none. */
  definitions: z.array(
    z.strictObject({
      kind: z.enum(['filter', 'binding', 'network', 'live-network', 'port']),
      name: z.string(),
      before: z.string().optional(),
      after: z.string().optional(),
    }),
  ),
  /** What nft is given. */
  nftText: z.string(),
  warnings: z.array(z.string()),
});
export type Preview = z.infer<typeof previewSchema>;

export const appliedSchema = z.strictObject({
  /** The entry in the journal, which undo takes; absent where nothing was to be written down. */
  activity: z.int().optional(),
  title: z.string(),
  notes: z.array(z.string()),
  /** Milliseconds that the helper needed. */
  milliseconds: z.number(),
  /** Milliseconds since 1970: unless `change.confirm` comes before, the change is taken back. */
  confirmBefore: z.number().optional(),
  /** The TAP that `new-port` made, and what to write for each hypervisor. */
  port: z
    .strictObject({
      device: z.string(),
      mac: z.string(),
      lines: z.array(z.strictObject({ hypervisor: z.string(), text: z.string() })),
    })
    .optional(),
});
export type Applied = z.infer<typeof appliedSchema>;

export const activityEntrySchema = z.strictObject({
  id: z.int(),
  /** Milliseconds since 1970. */
  at: z.number(),
  title: z.string(),
  /** The user's name, or number. */
  by: z.string(),
  /** How: the window, the command line ... */
  through: z.string(),
  /** healed: Guestward put back what something else had taken away. reverted: nobody had confirmed it. */
  kind: z.enum(['change', 'undo', 'healed', 'reverted']),
  undo: z.enum(['possible', 'undone', 'impossible']),
  /** Why it cannot be undone. */
  because: z.string().optional(),
  definitions: previewSchema.shape.definitions,
});
export type ActivityEntry = z.infer<typeof activityEntrySchema>;

const actions = z.array(actionSchema).min(1).max(64);
const entry = z.strictObject({ id: z.int().min(0) });

export const changeMethods = {
  'change.preview': method('read', z.strictObject({ actions }), previewSchema),
  /** With `confirmWithin` (seconds) it is taken back by itself unless it is confirmed in time. */
  'change.apply': method(
    'change',
    z.strictObject({ actions, confirmWithin: z.int().min(5).max(300).optional() }),
    appliedSchema,
  ),
  /** Keeps the change that waits, which is that entry of the journal. */
  'change.confirm': method('change', entry, z.strictObject({})),
  /** Newest first, from before the entry `before`. */
  'activity.list': method(
    'read',
    z.strictObject({ before: z.int().optional(), limit: z.int().min(1).max(200) }),
    z.strictObject({ entries: z.array(activityEntrySchema), more: z.boolean() }),
  ),
  /** What undoing an entry would do. */
  'activity.preview-undo': method('read', entry, previewSchema),
  'activity.undo': method('change', entry, appliedSchema),
} as const;

export const changeEvents = {
  'activity.added': activityEntrySchema,
  /** A change that waits for its confirmation, or, with null, none does any more. */
  'change.waiting': z.strictObject({ id: z.int(), title: z.string(), confirmBefore: z.number() }).nullable(),
} as const;
