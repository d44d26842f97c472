import * as z from 'zod';
import { method } from './method.ts';

const nothing = z.strictObject({});

export const networkKindSchema = z.enum(['isolated', 'nat', 'route', 'open', 'bridge', 'lan']);
export type NetworkKind = z.infer<typeof networkKindSchema>;

export const uplinkSchema = z.strictObject({
  device: z.string(),
  kind: z.enum(['wireless', 'cable', 'tunnel', 'bridge', 'other']),
  up: z.boolean(),
  addresses: z.array(z.string()),
  /** The families whose default route leads through it. */
  defaultFor: z.array(z.enum(['ipv4', 'ipv6'])),
  gateways: z.array(z.string()),
});
export type Uplink = z.infer<typeof uplinkSchema>;

/** Something on this machine that is not as it should be, in a sentence, and what would mend it. */
export const problemSchema = z.strictObject({
  kind: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  cure: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const networkSummarySchema = z.strictObject({
  name: z.string(),
  uuid: z.string(),
  title: z.string().optional(),
  kind: networkKindSchema,
  started: z.boolean(),
  persistent: z.boolean(),
  autostart: z.boolean(),
  /** The definition differs from what is started. */
  changesAtRestart: z.boolean(),
  bridge: z.string().optional(),
  uplink: z.string().optional(),
  /** As CIDR, the bridge's address included: `10.20.30.1/24`. */
  addresses: z.array(z.string()),
  domain: z.string().optional(),
  dhcp: z.boolean(),
  defaultFilter: z.string().optional(),
  leases: z.int(),
  forwards: z.int(),
  problems: z.array(problemSchema),
});
export type NetworkSummary = z.infer<typeof networkSummarySchema>;

export const nicSchema = z.strictObject({
  device: z.string(),
  /** Whether the device is there; a binding can wait for it. */
  present: z.boolean(),
  kind: z.enum(['tap', 'veth', 'other']),
  up: z.boolean(),
  /** The bridge that it is a port of; filters work only there. */
  bridge: z.string().optional(),
  /** The network, of Guestward's, that the bridge belongs to. */
  network: z.string().optional(),
  hypervisor: z.strictObject({ name: z.string(), pid: z.int().optional(), guest: z.string().optional() }).optional(),
  /** The guest's, in lower case with colons, and how it is known. */
  mac: z.string().optional(),
  macFrom: z.string().optional(),
  addresses: z.array(
    z.strictObject({ address: z.string(), from: z.enum(['lease', 'parameter', 'learned', 'neighbour']) }),
  ),
  filter: z.strictObject({ name: z.string(), parameters: z.record(z.string(), z.array(z.string())) }).optional(),
  /** A port that Guestward made. */
  port: z.strictObject({ guest: z.string().optional(), owner: z.int(), portGroup: z.string().optional() }).optional(),
  problems: z.array(problemSchema),
});
export type Nic = z.infer<typeof nicSchema>;

/** Guest networking of the whole machine, as it stands. */
export const machineSchema = z.strictObject({
  host: z.strictObject({ name: z.string(), forwarding: z.strictObject({ ipv4: z.boolean(), ipv6: z.boolean() }) }),
  uplinks: z.array(uplinkSchema),
  /** Bridges that are not a network of Guestward's, e.g. libvirt's or Docker's. */
  foreignBridges: z.array(z.strictObject({ device: z.string(), owner: z.enum(['libvirt', 'docker', 'other']) })),
  networks: z.array(networkSummarySchema),
  nics: z.array(nicSchema),
  /** Unknown without rights to read it. lost: the kernel no longer has the rules. */
  force: z.enum(['current', 'lost', 'empty', 'unknown']),
  problems: z.array(problemSchema),
});
export type Machine = z.infer<typeof machineSchema>;

export const trafficSchema = z.strictObject({
  /** Milliseconds since 1970. */
  at: z.number(),
  /** By device: bytes and packets since it came up, as its own counters say (man 8 ip-link, `-s`): of a guest's TAP, received is what the guest sent. */
  devices: z.record(
    z.string(),
    z.strictObject({
      receivedBytes: z.number(),
      receivedPackets: z.number(),
      sentBytes: z.number(),
      sentPackets: z.number(),
    }),
  ),
});
export type Traffic = z.infer<typeof trafficSchema>;

export const machineMethods = {
  /** Without rights: what anybody on this machine can see. */
  'machine.read': method('see', nothing, machineSchema),
} as const;

export const machineEvents = {
  'machine.changed': machineSchema,
  /** About once a second while something is shown that needs it. */
  'machine.traffic': trafficSchema,
} as const;
