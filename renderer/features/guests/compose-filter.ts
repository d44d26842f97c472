export const protections = ['identity', 'servers', 'answers'] as const;
export type Protection = (typeof protections)[number];
export type Protections = Readonly<Record<Protection, boolean>>;

export const noProtection: Protections = { identity: false, servers: false, answers: false };

/** Packets of a DHCP server (RFC 2131, 8415) and a router's advertisements (RFC 4861, type 134) do not leave the guest. */
const servers = [
  "<rule action='drop' direction='out' priority='100' statematch='false'>\n    <udp srcportstart='67'/>\n  </rule>",
  "<rule action='drop' direction='out' priority='100' statematch='false'>\n    <udp-ipv6 srcportstart='547'/>\n  </rule>",
  "<rule action='drop' direction='out' priority='100' statematch='false'>\n    <icmpv6 type='134'/>\n  </rule>",
];

/** What begins elsewhere does not come in, but for DHCP's offers, which connection tracking often takes for something new. */
const answers = [
  "<rule action='accept' direction='in' priority='200' statematch='false'>\n    <udp srcportstart='67' dstportstart='68'/>\n  </rule>",
  "<rule action='accept' direction='in' priority='200' statematch='false'>\n    <udp-ipv6 srcportstart='547' dstportstart='546'/>\n  </rule>",
  "<rule action='drop' direction='in' priority='500'>\n    <all state='NEW'/>\n  </rule>",
  "<rule action='drop' direction='in' priority='500'>\n    <all-ipv6 state='NEW'/>\n  </rule>",
];

/** The name of the filter that is written for one guest's NIC. */
export const ownFilterName = (device: string): string => `guest-${device}`;

export interface ComposedFilter {
  readonly name: string;
  /** XML; undefined where a stock filter does by itself. */
  readonly text: string | undefined;
}

/** The filter that gives these protections; undefined where none is wanted. */
export function composeFilter(device: string, wanted: Protections): ComposedFilter | undefined {
  if (!wanted.servers && !wanted.answers) {
    return wanted.identity ? { name: 'clean-traffic', text: undefined } : undefined;
  }
  const name = ownFilterName(device);
  const entries = [
    ...(wanted.identity ? ["<filterref filter='clean-traffic'/>"] : []),
    ...(wanted.servers ? servers : []),
    ...(wanted.answers ? answers : []),
  ];
  const text = `<filter name='${name}' chain='root'>\n${entries.map((entry) => `  ${entry}\n`).join('')}</filter>\n`;
  return { name, text };
}

/**
 * Which protections a filter gives, by the text that was composed for them; undefined where it is another filter. Only whole texts count, so that
 * a filter which somebody has edited is not taken for one of these.
 */
export function protectionsOf(
  device: string,
  filter: string | undefined,
  text: string | undefined,
): Protections | undefined {
  if (filter === undefined) return noProtection;
  const written = (xml: string | undefined): string | undefined =>
    xml?.replace(/<uuid>[^<]*<\/uuid>/, '').replaceAll(/\s+/g, '');
  for (let bits = 1; bits < 8; bits += 1) {
    const wanted = { identity: (bits & 1) > 0, servers: (bits & 2) > 0, answers: (bits & 4) > 0 };
    const composed = composeFilter(device, wanted);
    if (composed?.name !== filter) continue;
    if (composed.text === undefined || written(composed.text) === written(text)) return wanted;
  }
  return undefined;
}
