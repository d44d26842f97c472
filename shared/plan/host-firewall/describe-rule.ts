import type { HostMatch, HostVerdict } from './host-rules.ts';

const words: Readonly<Record<Exclude<HostMatch['key'], 'unknown'>, string>> = {
  iif: 'iifname',
  oif: 'oifname',
  saddr: 'saddr',
  daddr: 'daddr',
  protocol: 'l4proto',
  sport: 'sport',
  dport: 'dport',
  'ct-state': 'ct state',
  family: 'nfproto',
};

/** A rule of nft, near enough to its own words that a person finds it in `nft list ruleset`. */
export function describeRule(matches: readonly HostMatch[], verdict: HostVerdict): string {
  const parts = matches.map(({ key, negated, values }) => {
    if (key === 'unknown') return values.join(' ');
    return `${words[key]} ${negated ? '!= ' : ''}${values.length === 1 ? values[0] : `{ ${values.join(', ')} }`}`;
  });
  const end = 'chain' in verdict ? `${verdict.kind} ${verdict.chain}` : verdict.kind;
  return [...new Set(parts), ...(end === 'none' ? [] : [end])].join(' ');
}
