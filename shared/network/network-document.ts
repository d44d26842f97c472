import type { SourceSpan } from '../diagnostic.ts';
import type { IpFamily } from '../net/ip-address.ts';

/** How guests reach beyond their bridge; `isolated` stands for libvirt's network without `<forward>`. */
export const forwardModes = ['isolated', 'nat', 'route', 'open', 'bridge', 'lan'] as const;
export type ForwardMode = (typeof forwardModes)[number];

export type { IpFamily };

/** Numbers from low to high, both of them included. */
export interface Range<T> {
  readonly low: T;
  readonly high: T;
}

/** `<forward>`: mode `lan` is Guestward's own, an isolated or open network to libvirt with `<guestward:lan>` in the metadata. */
export interface Forward {
  readonly mode: ForwardMode;
  /** The only device that the network's packets may leave and come by. */
  readonly dev: string | undefined;
  /** `<nat ipv6='yes'>`: IPv6 is masqueraded too. */
  readonly natIpv6: boolean;
  /** Sources that masqueraded packets get; the device's own address where undefined. */
  readonly natAddress: Range<string> | undefined;
  readonly natPorts: Range<number> | undefined;
  readonly span: SourceSpan;
}

/** `<bridge>` with `<mac>` and `<mtu>`. */
export interface Bridge {
  /** As written; `%d` in it stands for the first free number. undefined: a name is chosen when the network is defined. */
  readonly name: string | undefined;
  readonly stp: boolean;
  /** Seconds. */
  readonly delay: number;
  /** firewalld's. */
  readonly zone: string | undefined;
  readonly macTableManager: 'kernel' | 'libvirt';
  /** 48 bits; undefined: one is made when the network is defined. */
  readonly mac: bigint | undefined;
  readonly mtu: number | undefined;
  readonly span: SourceSpan;
}

export interface Domain {
  readonly name: string;
  /** Questions about names of the domain are never forwarded. */
  readonly localOnly: boolean;
  /** The host's own resolver is told of the domain (systemd-resolved). */
  readonly register: boolean;
}

export interface DnsForwarder {
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly domain: string | undefined;
}

export interface DnsHost {
  readonly address: string;
  readonly hostnames: readonly string[];
  readonly span: SourceSpan;
}

export interface DnsTxt {
  readonly name: string;
  readonly value: string;
}

export interface DnsSrv {
  readonly service: string;
  readonly protocol: 'tcp' | 'udp';
  readonly domain: string | undefined;
  readonly target: string | undefined;
  readonly port: number | undefined;
  readonly priority: number | undefined;
  readonly weight: number | undefined;
}

export interface Dns {
  readonly enabled: boolean;
  readonly forwardPlainNames: boolean;
  readonly forwarders: readonly DnsForwarder[];
  readonly hosts: readonly DnsHost[];
  readonly txts: readonly DnsTxt[];
  readonly srvs: readonly DnsSrv[];
}

/** Seconds; 'infinite' never ends. */
export type LeaseTime = number | 'infinite';

export interface DhcpRange extends Range<string> {
  readonly lease: LeaseTime | undefined;
  readonly span: SourceSpan;
}

/** `<host>` of `<dhcp>`: found by MAC (IPv4), client id (IPv6 DUID) or name. */
export interface DhcpHost {
  readonly mac: bigint | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly address: string;
  readonly lease: LeaseTime | undefined;
  readonly span: SourceSpan;
}

export interface Dhcp {
  readonly ranges: readonly DhcpRange[];
  readonly hosts: readonly DhcpHost[];
  readonly bootp: { readonly file: string; readonly server: string | undefined } | undefined;
}

/** `<ip>`: an address of the bridge and the subnet around it. */
export interface IpBlock {
  readonly family: IpFamily;
  /** The bridge's, formatted by `formatIpv4` or `formatIpv6`. */
  readonly address: string;
  readonly prefix: number;
  readonly localPtr: boolean;
  readonly tftpRoot: string | undefined;
  readonly dhcp: Dhcp | undefined;
  readonly span: SourceSpan;
}

export interface StaticRoute {
  readonly family: IpFamily;
  readonly address: string;
  readonly prefix: number;
  readonly gateway: string;
  readonly metric: number | undefined;
  readonly span: SourceSpan;
}

/** Kilobytes a second; burst in kilobytes. */
export interface Rate {
  readonly average: number;
  readonly peak: number | undefined;
  readonly burst: number | undefined;
}

export interface Bandwidth {
  /** Towards the network's guests. */
  readonly inbound: Rate | undefined;
  /** From them. */
  readonly outbound: Rate | undefined;
}

export interface PortGroup {
  readonly name: string;
  readonly isDefault: boolean;
  readonly bandwidth: Bandwidth;
  readonly isolated: boolean;
  readonly span: SourceSpan;
}

export type TransportProtocol = 'tcp' | 'udp';

/** `<guestward:opening>`: a service of the host that guests may reach. */
export interface Opening {
  readonly protocol: TransportProtocol;
  readonly ports: Range<number>;
  /** The name that the ports were given by, e.g. `ssh`. */
  readonly service: string | undefined;
  readonly span: SourceSpan;
}

/** `<guestward:forward>`: a port of the host that leads to a guest. */
export interface PortForward {
  readonly protocol: TransportProtocol;
  readonly hostPorts: Range<number>;
  /** As many as hostPorts. */
  readonly guestPorts: Range<number>;
  /** Exactly one of these says which guest. */
  readonly guest: { readonly name: string } | { readonly mac: bigint } | { readonly address: string };
  /** Seconds since 1970; undefined: for good. */
  readonly expires: number | undefined;
  readonly span: SourceSpan;
}

/** Which of these a guest may reach; true where nothing is said. */
export interface Reach {
  readonly internet: boolean;
  readonly lan: boolean;
  readonly guests: boolean;
  readonly host: boolean;
}

/** What Guestward keeps in `<metadata>`, in a namespace of its own, so that libvirt takes the same file. */
export interface GuestwardSettings {
  readonly autostart: boolean;
  readonly reach: Reach;
  /** undefined: guests reach what the host's own firewall lets in; a list, even an empty one, closes the rest. */
  readonly openings: readonly Opening[] | undefined;
  readonly forwards: readonly PortForward[];
  /** Where DHCPv6 gives addresses of a /64, guests may make some of their own beside it (RFC 4862): some know no DHCPv6. libvirt's never may. */
  readonly slaac: boolean;
  /** Mode lan: multicast DNS and broadcasts go from the LAN to the guests and back. */
  readonly reflect: boolean;
  /** The filter of every NIC on it that has no other. */
  readonly defaultFilter: string | undefined;
}

/** A network as written: libvirt's `<network>` with every value typed. Defaults are filled in, except for what has to be chosen. */
export interface NetworkDocument {
  readonly name: string;
  readonly uuid: string | undefined;
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** `<network ipv6='yes'>`: guests may speak IPv6 among themselves though the network has no IPv6 address. */
  readonly guestIpv6: boolean;
  readonly forward: Forward;
  readonly bridge: Bridge;
  readonly domain: Domain | undefined;
  readonly dns: Dns;
  readonly ips: readonly IpBlock[];
  readonly routes: readonly StaticRoute[];
  readonly bandwidth: Bandwidth;
  readonly portGroups: readonly PortGroup[];
  /** `<port isolated='yes'/>`. */
  readonly portsIsolated: boolean;
  /** Of libvirt's dnsmasq namespace; carried out only where root has switched it on. */
  readonly dnsmasqOptions: readonly { readonly value: string; readonly span: SourceSpan }[];
  readonly settings: GuestwardSettings;
  /** Others' elements in `<metadata>`, each as XML text; kept, never read. */
  readonly foreignMetadata: readonly string[];
  readonly span: SourceSpan;
}

/** The namespace of Guestward's own settings in `<metadata>`. */
export const guestwardNamespace = 'https://guestward.org/xmlns/network/1.0';
/** libvirt's for dnsmasq options. */
export const dnsmasqNamespace = 'http://libvirt.org/schemas/network/dnsmasq/1.0';
