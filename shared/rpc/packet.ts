import * as z from 'zod';
import { actionSchema, parametersSchema } from './changes.ts';
import { method } from './method.ts';

const device = z.string().min(1).max(15);
const address = z.string().min(1).max(45);
const port = z.int().min(0).max(65_535);

/** Whose filter judges: a NIC's as it is bound, or any filter with values for the occasion. */
export const subjectSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('nic'), device }),
  z.strictObject({
    of: z.literal('filter'),
    filter: z.string().min(1).max(128),
    mac: z.string().max(17).optional(),
    /** What is missing gets a stand-in. */
    parameters: parametersSchema,
  }),
]);
export type Subject = z.infer<typeof subjectSchema>;

/** What is sent. Without a MAC address of its own, an end gets the guest's, or one of another machine's. */
export const packetSchema = z.discriminatedUnion('kind', [
  /** A whole Ethernet frame in hexadecimal, from its destination's MAC address on. */
  z.strictObject({ kind: z.literal('frame'), hex: z.string().min(28).max(131_070) }),
  z.strictObject({
    kind: z.enum(['tcp', 'udp']),
    source: address,
    sourcePort: port,
    destination: address,
    destinationPort: port,
  }),
  z.strictObject({
    kind: z.literal('icmp'),
    source: address,
    destination: address,
    type: z.int().min(0).max(255),
    code: z.int().min(0).max(255),
  }),
  z.strictObject({
    kind: z.literal('arp'),
    operation: z.enum(['request', 'reply']),
    senderMac: z.string().max(17).optional(),
    sender: address,
    target: address,
  }),
]);
export type Packet = z.infer<typeof packetSchema>;

export const questionSchema = z.strictObject({
  subject: subjectSchema,
  packet: packetSchema,
  /** out: what the guest sends. in: what it is sent. */
  direction: z.enum(['out', 'in']),
  /** The sender's MAC address where it is not the usual one: to try what a guest that lies would. */
  sourceMac: z.string().max(17).optional(),
  /** Absent: what connection tracking makes of a first packet. */
  connection: z
    .strictObject({
      state: z.enum(['NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED']),
      direction: z.enum(['original', 'reply']),
    })
    .optional(),
});
export type Question = z.infer<typeof questionSchema>;

const placeSchema = z.strictObject({
  filter: z.string(),
  file: z.string(),
  line: z.int(),
  action: z.enum(['accept', 'drop', 'reject', 'return', 'continue']),
});

export const traceStepSchema = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('enter'), layer: z.enum(['frames', 'packets']), chain: z.string() }),
  z.strictObject({ step: z.literal('leave'), chain: z.string(), how: z.enum(['return', 'end']) }),
  z.strictObject({ step: z.literal('skip'), chain: z.string(), because: z.string() }),
  z.strictObject({
    step: z.literal('rule'),
    ...placeSchema.shape,
    matched: z.boolean(),
    because: z.string(),
    tests: z.array(z.string()),
  }),
]);
export type TraceStep = z.infer<typeof traceStepSchema>;

export const traceSchema = z.strictObject({
  verdict: z.enum(['accept', 'drop', 'reject']),
  /** Absent: no rule decided, and the frame came to the end, where it passes. */
  decidedBy: placeSchema.optional(),
  /** The kernel drops it before any rule sees it. */
  malformed: z.boolean(),
  direction: z.enum(['out', 'in']),
  connection: z.strictObject({ state: z.string(), direction: z.enum(['original', 'reply']) }),
  /** Protocol and ends in one line. */
  summary: z.string(),
  frame: z.string(),
  path: z.array(traceStepSchema),
  /** The texts that the path's places stand in, by filter. */
  sources: z.record(z.string(), z.string()),
});
export type Trace = z.infer<typeof traceSchema>;

export const allowanceSchema = z.strictObject({
  /** The filter of the guest's own that holds the new rules. */
  filter: z.string(),
  /** Whether it is made now. */
  isNew: z.boolean(),
  /** The new rules as XML, and the whole filter with them. */
  rules: z.string(),
  text: z.string(),
  /** What is to be proposed. */
  actions: z.array(actionSchema),
});
export type Allowance = z.infer<typeof allowanceSchema>;

export const packetMethods = {
  'packet.trace': method('see', questionSchema, traceSchema),
  /** The narrowest rule that would let this packet through. */
  'packet.allow': method('read', questionSchema, allowanceSchema),
} as const;
