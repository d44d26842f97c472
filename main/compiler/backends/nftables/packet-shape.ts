import { etherTypeNames } from '../../../../shared/nwfilter/protocols.ts';
import type { Chain, Match, PortKey, Rule } from '../../../../shared/plan/ruleset.ts';
import type { TableFamily } from '../../../../shared/plan/table-families.ts';
import { type Direction, type IpFamily, ipFamilies, type PolicyRule } from '../../policy/policy.ts';
import { contentName } from './content-name.ts';
import { gather, noShape, type Shape } from './shape.ts';
import { shareRule } from './share-rule.ts';

/** Where packets are judged, and by what a port is known there. */
export interface PacketPlace {
  readonly table: TableFamily;
  readonly key: PortKey;
  readonly answersRejects: boolean;
}

/** NFPROTO_IPV4 and NFPROTO_IPV6 (linux/netfilter.h). */
const netfilterProtocols = { ipv4: 2, ipv6: 10 } as const;

function familyMatch(table: TableFamily, family: IpFamily): Match {
  return table === 'inet'
    ? { match: 'compare', field: 'meta nfproto', operator: '==', value: `${netfilterProtocols[family]}` }
    : { match: 'compare', field: 'ether type', operator: '==', value: `${etherTypeNames[family]}` };
}

/** The chains for packets of one direction: an entry that tells the families apart, and one chain for each. */
export function packetShape(
  rules: Readonly<Record<IpFamily, readonly PolicyRule[]>>,
  direction: Direction,
  { table, key, answersRejects }: PacketPlace,
): Shape {
  if (ipFamilies.every((family) => rules[family].length === 0)) return noShape;
  const made = new Map<string, Chain>();
  const parts: Pick<Shape, 'values' | 'counters'>[] = [];
  const entries: Rule[] = [];
  for (const family of ipFamilies) {
    if (rules[family].length === 0) continue;
    const gathered = gather(rules[family].map((rule) => shareRule(rule, { key, context: family, answersRejects })));
    parts.push(gathered);
    const name = contentName('p', [table, direction, family, gathered.rules]);
    made.set(name, { rules: gathered.rules });
    entries.push({ matches: [familyMatch(table, family)], counter: false, statement: { do: 'goto', chain: name } });
  }
  const entry = contentName('p', [table, direction, 'root', entries]);
  made.set(entry, { rules: entries });
  return {
    entry,
    chains: made,
    values: parts.flatMap(({ values }) => values),
    counters: parts.flatMap(({ counters }) => counters),
  };
}
