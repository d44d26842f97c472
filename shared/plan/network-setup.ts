import * as z from 'zod';
import { deviceNamePattern } from './device-name.ts';
import { lateSchema } from './late-schema.ts';

const deviceSchema = z.string().regex(deviceNamePattern);
/** Further checked by `checkNetworkSetup`, which knows addresses. */
const addressSchema = z.string().regex(/^[0-9a-f:.]{2,45}$/);
const prefixSchema = z.string().regex(/^[0-9a-f:.]{2,45}\/[0-9]{1,3}$/);
const macSchema = z.string().regex(/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/);
const portNumberSchema = z.int().min(1).max(0xffff);
const familySchema = z.enum(['ipv4', 'ipv6']);
/** Letters, digits, `-`, `_` and dots between them (RFC 1123, and the underscore of service names). */
export const domainNameSchema = z
  .string()
  .regex(/^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*$/);
const hostNameSchema = domainNameSchema;
/** A path without anything that a line of dnsmasq's configuration could end in. */
const plainPathSchema = z.string().regex(/^\/[A-Za-z0-9_./+@-]{1,255}$/);
const bootFileSchema = z.string().regex(/^[A-Za-z0-9_./+@:-]{1,255}$/);
const leaseSchema = lateSchema(() => z.union([z.int().min(120).max(0xffff_fffe), z.literal('infinite')]));

export const networkNameSchema = z.string().min(1).max(128);

/** What is sent through host's own firewall and that the network's kind promises: a narrow accept, wherever the host's default would eat it. */
export const acceptSchema = lateSchema(() =>
  z.strictObject({
    hook: z.enum(['input', 'forward', 'output']),
    family: familySchema,
    iif: deviceSchema.optional(),
    oif: deviceSchema.optional(),
    saddr: prefixSchema.optional(),
    daddr: prefixSchema.optional(),
    protocol: z.enum(['tcp', 'udp', 'icmp', 'icmpv6']).optional(),
    dports: z.strictObject({ low: portNumberSchema, high: portNumberSchema }).optional(),
    /** established: of a connection that stands (established, related). dnat: of one that a port forward has turned. */
    connection: z.enum(['established', 'dnat']).optional(),
  }),
);
export type Accept = z.infer<typeof acceptSchema>;

export const dnsmasqSetupSchema = lateSchema(() =>
  z.strictObject({
    /** Addresses of the bridge that it listens on. */
    listen: z.array(addressSchema).max(16),
    domain: z.strictObject({ name: domainNameSchema, localOnly: z.boolean() }).optional(),
    dns: z
      .strictObject({
        forwardPlainNames: z.boolean(),
        forwarders: z
          .array(
            z.strictObject({
              address: addressSchema.optional(),
              port: portNumberSchema.optional(),
              domain: domainNameSchema.optional(),
            }),
          )
          .max(64),
        hosts: z
          .array(z.strictObject({ address: addressSchema, names: z.array(hostNameSchema).min(1).max(64) }))
          .max(4096),
        txts: z.array(z.strictObject({ name: domainNameSchema, value: z.string().regex(/^[ !#-~]{0,255}$/) })).max(256),
        srvs: z
          .array(
            z.strictObject({
              name: domainNameSchema,
              target: domainNameSchema.optional(),
              port: portNumberSchema.optional(),
              priority: z.int().min(0).max(0xffff).optional(),
              weight: z.int().min(0).max(0xffff).optional(),
            }),
          )
          .max(256),
        /** Reverse zones whose questions are never forwarded, as prefixes. */
        localPtr: z.array(prefixSchema).max(16),
      })
      /** Absent: DNS is switched off. */
      .optional(),
    ranges: z
      .array(
        z.strictObject({
          family: familySchema,
          low: addressSchema,
          high: addressSchema,
          prefix: z.int().min(1).max(128),
          lease: leaseSchema.optional(),
          /** IPv6: guests may also make addresses of their own there (RFC 4862). */
          slaac: z.boolean().optional(),
        }),
      )
      .max(256),
    hosts: z
      .array(
        z.strictObject({
          mac: macSchema.optional(),
          id: z
            .string()
            .regex(/^[0-9a-f]{2}(?::[0-9a-f]{2}){0,127}$/)
            .optional(),
          name: hostNameSchema.optional(),
          address: addressSchema,
          lease: leaseSchema.optional(),
        }),
      )
      .max(4096),
    /** IPv4 subnets (prefixes) in which only static hosts are served, IPv6 ones with router advertisements alone. */
    staticOnly: z
      .array(z.strictObject({ family: familySchema, subnet: prefixSchema, slaac: z.boolean().optional() }))
      .max(16),
    routerAdvertisements: z.array(prefixSchema).max(16),
    /** Addresses of an advertised prefix are not all on the bridge: guests send to them through the host (RFC 4861, flag L). */
    offLink: z.boolean().optional(),
    bootp: z.strictObject({ file: bootFileSchema, server: domainNameSchema.optional() }).optional(),
    tftpRoot: plainPathSchema.optional(),
    /** No default route for guests: an isolated network leads nowhere. */
    offersRouter: z.boolean(),
    /** DHCP of mode lan: asked for on the bridge, answered by the LAN's own server. */
    relay: z.strictObject({ local: addressSchema, server: addressSchema, uplink: deviceSchema }).optional(),
    /** Lines of libvirt's dnsmasq namespace; refused unless root has made the file `allow-dnsmasq-options` in the state folder. */
    options: z.array(z.string().regex(/^[a-z][a-z0-9-]*(?:=[ -~]{0,512})?$/)).max(64),
  }),
);
export type DnsmasqSetup = z.infer<typeof dnsmasqSetupSchema>;

const rateSchema = lateSchema(() =>
  z.strictObject({
    /** Kilobytes a second. */
    average: z.int().min(1).max(0xffff_ffff),
    peak: z.int().min(1).max(0xffff_ffff).optional(),
    /** Kilobytes. */
    burst: z.int().min(1).max(0xffff_ffff).optional(),
  }),
);
export const bandwidthSchema = lateSchema(() =>
  z.strictObject({ inbound: rateSchema.optional(), outbound: rateSchema.optional() }),
);
export type BandwidthSetup = z.infer<typeof bandwidthSchema>;

/** A TAP of Guestward's own making. */
export const tapSchema = lateSchema(() =>
  z.strictObject({
    device: deviceSchema,
    /** Who may open it: a numeric user id. */
    owner: z.int().min(0).max(0xffff_fffe),
    isolated: z.boolean(),
    bandwidth: bandwidthSchema,
  }),
);
export type TapSetup = z.infer<typeof tapSchema>;

/** A change that a person has agreed to, to something of the host's that was in the network's way; undone with the network. */
export const cureSchema = lateSchema(() =>
  z.discriminatedUnion('cure', [
    /** Accepts of this network stand first in a chain of the host's own, ahead of a rule that drops by name. */
    z.strictObject({
      cure: z.literal('accept-first'),
      tool: z.enum(['nft', 'iptables-legacy', 'ip6tables-legacy']),
      family: z.enum(['ip', 'ip6', 'inet']),
      table: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/),
      chain: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/),
      hook: z.enum(['input', 'forward', 'output']),
    }),
    z.strictObject({ cure: z.literal('firewalld-zone'), zone: z.string().regex(/^[A-Za-z0-9_-]{1,17}$/) }),
    /** /proc/sys/net/ipv4/conf/DEVICE/rp_filter becomes 2 (RFC 3704 loose). */
    z.strictObject({ cure: z.literal('loose-rp-filter'), device: deviceSchema }),
    /** /proc/sys/net/ipv6/conf/DEVICE/accept_ra becomes 2: router advertisements are taken on a host that forwards too. */
    z.strictObject({ cure: z.literal('accept-ra'), device: deviceSchema }),
    /** bridge-nf-call-iptables and -ip6tables become 0; refused while filters need them. */
    z.strictObject({ cure: z.literal('bridge-nf-off') }),
  ]),
);
export type Cure = z.infer<typeof cureSchema>;

/** Everything of a started network but its nftables rules: what the helper brings about, keeps, and takes away without a trace. */
export const networkSetupSchema = lateSchema(() =>
  z.strictObject({
    /** Absent for mode bridge: nothing is made. */
    link: z
      .strictObject({
        bridge: deviceSchema,
        mac: macSchema,
        mtu: z.int().min(68).max(65535).optional(),
        stp: z.boolean(),
        /** Seconds. */
        forwardDelay: z.number().min(0).max(30),
        /** Whether the bridge itself speaks IPv6. */
        ipv6: z.boolean(),
        /** The bridge neither learns nor floods: mac addresses come from whoever attaches guests. */
        learning: z.boolean(),
        /** Whether no port of the bridge reaches another, whoever has plugged it in. */
        isolated: z.boolean().optional(),
        /** Answers to 127.0.0.1 come in by the bridge (net.ipv4.conf.BRIDGE.route_localnet); rules keep everything else of 127.0.0.0/8 out. */
        loopback: z.boolean().optional(),
      })
      .optional(),
    /** Mode bridge: the host's own bridge that TAPs join, of which nothing else is changed. */
    hostBridge: deviceSchema.optional(),
    addresses: z
      .array(z.strictObject({ address: addressSchema, prefix: z.int().min(0).max(128), prefixRoute: z.boolean() }))
      .max(32),
    routes: z
      .array(
        z.strictObject({
          destination: prefixSchema,
          gateway: addressSchema,
          metric: z.int().min(0).max(0xffff_ffff).optional(),
        }),
      )
      .max(256),
    /** Families whose packets the host has to forward while the network stands. */
    forwarding: z.array(familySchema).max(2),
    bandwidth: bandwidthSchema,
    dnsmasq: dnsmasqSetupSchema.optional(),
    /** The host's resolver asks `server` about names of `domain` (systemd-resolved, where it runs). */
    resolve: z.strictObject({ domain: domainNameSchema, server: addressSchema }).optional(),
    accepts: z.array(acceptSchema).max(256),
    cures: z.array(cureSchema).max(64),
    taps: z.array(tapSchema).max(1024),
    /** Where every NIC of the network is to be filtered: those that are, of which ports that others plug in are kept up; no others are. */
    admits: z.array(deviceSchema).max(16_384).optional(),
    /** Mode lan: guests' addresses are answered for on the uplink, and routed to the bridge as they are seen. */
    proxy: z
      .strictObject({
        uplink: deviceSchema,
        ipv6: z.boolean(),
        /** Addresses that no guest may take: the host's own and the LAN's gateway. */
        reserved: z.array(addressSchema).max(64),
        /** The LAN's subnets; a guest's address must be in one. */
        subnets: z.array(prefixSchema).max(16),
        /** Multicast DNS and broadcasts go both ways. */
        reflect: z.literal(true).optional(),
      })
      .optional(),
  }),
);
export type NetworkSetup = z.infer<typeof networkSetupSchema>;

/** A network that is to stand otherwise: setup null takes it away. */
export const networkChangeSchema = lateSchema(() =>
  z.strictObject({ network: networkNameSchema, setup: networkSetupSchema.nullable() }),
);
export type NetworkChange = z.infer<typeof networkChangeSchema>;
