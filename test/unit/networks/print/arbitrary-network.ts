import fc from 'fast-check';
import { formatIpv4 } from '../../../../shared/net/ipv4.ts';
import { formatIpv6 } from '../../../../shared/net/ipv6.ts';
import type {
  Bandwidth,
  Dhcp,
  DhcpHost,
  Dns,
  Forward,
  GuestwardSettings,
  IpBlock,
  LeaseTime,
  NetworkDocument,
  Opening,
  PortForward,
} from '../../../../shared/network/network-document.ts';
import { findService, services } from '../../../../shared/network/services.ts';

const span = { file: 'arbitrary.xml', line: 1, column: 1, length: 0 };
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const unique = { minLength: 0, maxLength: 3 };

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const domainName = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const xmlText = fc
  .string({
    unit: fc.oneof(fc.constantFrom('a', ' ', '<', '&', '"', "'", '>', ']', '\n', '\r', '\t'), fc.constant('\u{1f600}')),
    minLength: 1,
  })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const lineText = xmlText.map((text) => text.replace(/\p{Cc}/gu, '-'));
const mac = fc.bigInt({ min: 1n, max: (1n << 48n) - 1n }).map((value) => value & ~(1n << 40n) || 2n);
const lease = optional(
  fc.oneof(fc.constant('infinite' as const), fc.integer({ min: 120, max: 0xffff_fffe })) as fc.Arbitrary<LeaseTime>,
);
const rate = fc
  .record({
    average: fc.integer({ min: 1, max: 1e6 }),
    more: optional(fc.nat(100)),
    burst: optional(fc.integer({ min: 1, max: 99 })),
  })
  .map(({ average, more, burst }) => ({ average, peak: more === undefined ? undefined : average + more, burst }));
const bandwidth: fc.Arbitrary<Bandwidth> = fc.record({ inbound: optional(rate), outbound: optional(rate) });

/** Addresses of the block by number, so that a document can be right: the bridge is 1, hosts are 2 to 9, ranges from 10 on. */
type At = (number: number) => string;

const hosts = (family: IpBlock['family'], at: At): fc.Arbitrary<readonly DhcpHost[]> =>
  fc
    .uniqueArray(
      fc.record({ number: fc.integer({ min: 2, max: 9 }), hasOwn: fc.boolean(), hasName: fc.boolean(), lease }),
      { ...unique, selector: ({ number }) => number },
    )
    .map((list) =>
      list.map(({ number, hasOwn, hasName, lease: time }) => ({
        mac: family === 'ipv4' && hasOwn ? BigInt(number) : undefined,
        id: family === 'ipv6' && hasOwn ? `00:0${number}` : undefined,
        name: hasName || !hasOwn ? `h${number}.example` : undefined,
        address: at(number),
        lease: time,
        span,
      })),
    );

const dhcp = (family: IpBlock['family'], at: At): fc.Arbitrary<Dhcp | undefined> =>
  fc
    .record({
      ranges: fc
        .uniqueArray(fc.record({ low: fc.constantFrom(10, 30, 50), length: fc.nat(19), lease }), {
          ...unique,
          selector: ({ low }) => low,
        })
        .map((list) =>
          list.map((range) => ({ low: at(range.low), high: at(range.low + range.length), lease: range.lease, span })),
        ),
      hosts: hosts(family, at),
      bootp:
        family === 'ipv4'
          ? optional(fc.record({ file: fc.constantFrom('pxelinux.0', '/a/b'), server: optional(domainName) }))
          : fc.constant(undefined),
    })
    .map((parts) => (parts.ranges.length + parts.hosts.length === 0 && parts.bootp === undefined ? undefined : parts));

/** The index makes subnets of blocks that do not meet. */
const ipBlock = (index: number): fc.Arbitrary<IpBlock> =>
  fc.constantFrom('ipv4' as const, 'ipv6' as const).chain((family) => {
    const at: At = (number) =>
      family === 'ipv4'
        ? formatIpv4((10n << 24n) | (BigInt(index) << 16n) | BigInt(number))
        : formatIpv6((0xfd00n << 112n) | (BigInt(index) << 64n) | BigInt(number));
    return fc.record({
      family: fc.constant(family),
      address: fc.constant(at(1)),
      prefix: family === 'ipv4' ? fc.integer({ min: 16, max: 24 }) : fc.constant(64),
      localPtr: fc.boolean(),
      tftpRoot: index === 0 && family === 'ipv4' ? optional(fc.constant('/srv/tftp')) : fc.constant(undefined),
      dhcp: index === 0 ? dhcp(family, at) : fc.constant(undefined),
      span: fc.constant(span),
    });
  });

const enabledDns: fc.Arbitrary<Dns> = fc.record({
  enabled: fc.constant(true),
  forwardPlainNames: fc.boolean(),
  forwarders: fc.array(
    fc.oneof(
      fc.record({
        address: fc.constantFrom('1.1.1.1', 'fd00::5'),
        port: optional(fc.constant(5353)),
        domain: optional(domainName),
      }),
      fc.record({ address: fc.constant(undefined), port: fc.constant(undefined), domain: domainName }),
    ),
    unique,
  ),
  hosts: fc.array(
    fc.record({
      address: fc.constantFrom('10.0.0.3', 'fd00::3'),
      hostnames: fc.array(domainName, { minLength: 1, maxLength: 3 }),
      span: fc.constant(span),
    }),
    unique,
  ),
  txts: fc.array(fc.record({ name: domainName, value: fc.stringMatching(/^[ !#-~]{0,20}$/) }), unique),
  srvs: fc.array(
    fc
      .record({
        service: word,
        protocol: fc.constantFrom('tcp' as const, 'udp' as const),
        domain: optional(domainName),
        at: optional(
          fc.record({
            target: domainName,
            port: optional(fc.constant(1)),
            priority: optional(fc.nat(9)),
            weight: optional(fc.nat(9)),
          }),
        ),
      })
      .map(({ at, ...record }) => ({
        ...record,
        ...{ target: undefined, port: undefined, priority: undefined, weight: undefined },
        ...at,
      })),
    unique,
  ),
});

const openings: fc.Arbitrary<readonly Opening[] | undefined> = optional(
  fc
    .record({
      named: fc.uniqueArray(fc.constantFrom(...Object.keys(services)), unique),
      plain: fc.uniqueArray(fc.integer({ min: 1, max: 60_000 }), unique),
    })
    .map(({ named, plain }) => [
      ...plain.map((low) => ({
        protocol: 'tcp' as const,
        ports: { low, high: low + (low % 3) },
        service: undefined,
        span,
      })),
      ...named.flatMap((service) => (findService(service) ?? []).map((ports) => ({ ...ports, service, span }))),
    ]),
);

const forwards: fc.Arbitrary<readonly PortForward[]> = fc.uniqueArray(
  fc
    .record({
      index: fc.integer({ min: 1, max: 99 }),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      moved: fc.boolean(),
      guest: fc.oneof(fc.record({ name: domainName }), fc.record({ mac })),
      expires: optional(fc.nat(0x7fff_ffff)),
    })
    .map(({ index, protocol, moved, guest, expires }) => {
      const hostPorts = { low: index * 100, high: index * 100 + (index % 3) };
      const guestPorts = moved ? { low: 1, high: 1 + (index % 3) } : hostPorts;
      return { protocol, hostPorts, guestPorts, guest, expires, span };
    }),
  { ...unique, selector: ({ hostPorts }) => hostPorts.low },
);

const settings = (mode: Forward['mode']): fc.Arbitrary<GuestwardSettings> => {
  const own = mode !== 'bridge';
  const everything = { internet: true, lan: true, guests: true, host: true };
  const flags = fc.record({ internet: fc.boolean(), lan: fc.boolean(), guests: fc.boolean(), host: fc.boolean() });
  return fc.record({
    autostart: fc.boolean(),
    reach: own ? flags : fc.constant(everything),
    openings: own ? openings : fc.constant(undefined),
    forwards: own ? forwards : fc.constant([]),
    slaac: fc.boolean(),
    // Said by the element that makes a network one of mode lan.
    reflect: mode === 'lan' ? fc.boolean() : fc.constant(false),
    defaultFilter: optional(lineText.filter((text) => !/^[.-]|\//.test(text))),
  });
};

const route4 = { family: 'ipv4', address: '172.16.0.0', prefix: 12 } as const;
const route6 = { family: 'ipv6', address: '2001:db8::', prefix: 32 } as const;
const noDns: Dns = { enabled: true, forwardPlainNames: true, forwarders: [], hosts: [], txts: [], srvs: [] };

function ofMode(mode: Forward['mode']): fc.Arbitrary<NetworkDocument> {
  const own = mode !== 'bridge';
  const device = optional(fc.constantFrom('eth0', 'wlp3s0'));
  const [fewest, most] = mode === 'lan' || !own ? [0, 0] : mode === 'isolated' ? [0, 2] : [1, 2];
  const blocks = fc
    .integer({ min: fewest, max: most })
    .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => ipBlock(index))));
  return fc
    .record({
      name: lineText.filter((text) => !/^[.-]|\//.test(text)),
      uuid: optional(fc.uuid()),
      title: optional(lineText),
      description: optional(xmlText),
      guestIpv6: fc.boolean(),
      dev: mode === 'nat' || mode === 'route' || mode === 'lan' ? device : fc.constant(undefined),
      nat: fc.record({
        natIpv6: fc.boolean(),
        natAddress: optional(fc.constant({ low: '192.0.2.1', high: '192.0.2.9' })),
        natPorts: optional(fc.constant({ low: 1024, high: 65535 })),
      }),
      bridge: fc.record({
        name: own ? optional(fc.constantFrom('virbr0', 'virbr%d')) : fc.constant('br0'),
        stp: own ? fc.boolean() : fc.constant(true),
        delay: own ? fc.nat(30) : fc.constant(0),
        zone: own ? optional(fc.constant('trusted')) : fc.constant(undefined),
        macTableManager: fc.constantFrom('kernel' as const, 'libvirt' as const),
        mac: own ? optional(mac) : fc.constant(undefined),
        mtu: own ? optional(fc.integer({ min: 1280, max: 65535 })) : fc.constant(undefined),
        span: fc.constant(span),
      }),
      domain: own
        ? optional(fc.record({ name: domainName, localOnly: fc.boolean(), register: fc.boolean() }))
        : fc.constant(undefined),
      dns: own ? fc.oneof(enabledDns, fc.constant({ ...noDns, enabled: false })) : fc.constant(noDns),
      ips: blocks,
      metric: optional(fc.integer({ min: 1, max: 0xffff_ffff })),
      bandwidth,
      portGroups: fc
        .uniqueArray(
          fc.record({
            name: word,
            isDefault: fc.constant(false),
            bandwidth,
            isolated: fc.boolean(),
            span: fc.constant(span),
          }),
          {
            ...unique,
            selector: ({ name }) => name,
          },
        )
        .map((groups) => groups.map((group, index) => ({ ...group, isDefault: index === 1 }))),
      portsIsolated: fc.boolean(),
      dnsmasqOptions: own
        ? fc.array(
            fc.record({ value: fc.constantFrom('foo=bar', "cname=*.a,'b' <&>", 'no-hosts'), span: fc.constant(span) }),
            unique,
          )
        : fc.constant([]),
      settings: settings(mode),
      foreignMetadata: fc.array(
        fc.constantFrom('<a:x xmlns:a="u"/>', "<a:x xmlns:a='u'>\n t &amp;<b/>\r\n</a:x>"),
        unique,
      ),
    })
    .map(({ dev, nat, metric, ...document }) => {
      const [first] = document.ips;
      const gateway = first && (first.family === 'ipv4' ? '10.0.0.9' : 'fd00::9');
      const route = first && gateway !== undefined && metric !== undefined;
      const noNat = { natIpv6: false, natAddress: undefined, natPorts: undefined };
      return {
        ...document,
        forward: { mode, dev, ...(mode === 'nat' ? nat : noNat), span },
        routes: route ? [{ ...(first.family === 'ipv4' ? route4 : route6), gateway, metric, span }] : [],
        span,
      } as NetworkDocument;
    });
}

/** Networks that make sense, with everything in them that the format has. */
export const arbitraryNetwork: fc.Arbitrary<NetworkDocument> = fc
  .constantFrom(
    'isolated' as const,
    'nat' as const,
    'route' as const,
    'open' as const,
    'bridge' as const,
    'lan' as const,
  )
  .chain(ofMode);
