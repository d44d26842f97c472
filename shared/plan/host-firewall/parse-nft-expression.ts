import type { HostMatch, HostMatchKey, HostVerdict } from './host-rules.ts';
import { normalMatch } from './normal-match.ts';

type Json = Readonly<Record<string, unknown>>;
/** The values of a named set; undefined where they are not known. */
export type SetValues = (name: string) => readonly unknown[] | undefined;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The verdict that a statement is; undefined for one that is none. */
export function nftVerdict(statement: Json): HostVerdict | undefined {
  for (const kind of ['accept', 'drop', 'reject', 'return'] as const) if (kind in statement) return { kind };
  for (const kind of ['jump', 'goto'] as const) {
    const to = statement[kind];
    if (isObject(to) && typeof to['target'] === 'string') return { kind, chain: to['target'] };
  }
  if ('queue' in statement || isTarget(statement, (name) => !passingTargets.has(name))) return { kind: 'unknown' };
  if (isTarget(statement, () => true)) return { kind: 'none' };
  return undefined;
}

/** Statements that neither judge nor ask anything. */
const silent = ['counter', 'log', 'mangle', 'notrack', 'set', 'dup', 'flow', 'ct helper', 'ct timeout', 'secmark'];
const passingTargets = new Set(['LOG', 'NFLOG', 'MARK', 'CONNMARK', 'CT', 'TRACE', 'TCPMSS', 'CHECKSUM', 'SET']);

function isTarget(statement: Json, wanted: (name: string) => boolean): boolean {
  const xt = statement['xt'];
  return isObject(xt) && xt['type'] === 'target' && typeof xt['name'] === 'string' && wanted(xt['name']);
}

/** What a statement asks of the packet; nothing where it asks nothing. */
export function nftMatches(statement: Json, sets: SetValues): readonly HostMatch[] {
  const match = statement['match'];
  if (isObject(match)) return readMatch(match, sets);
  const xt = statement['xt'];
  // iptables-nft's comment is a match that always holds.
  if (isObject(xt) && (xt['type'] === 'target' || xt['name'] === 'comment')) return [];
  return silent.some((name) => name in statement) ? [] : [unknown(statement)];
}

function readMatch(match: Json, sets: SetValues): readonly HostMatch[] {
  const key = keyOf(match['left']);
  const values = key === undefined ? undefined : valuesOf(match['right'], sets);
  const negated = match['op'] === '!=';
  if (key === undefined || values === undefined || !['==', '!=', 'in'].includes(String(match['op']))) {
    return [...impliedBy(match['left']), unknown(match)];
  }
  return [...impliedBy(match['left']), normalMatch(key, values, negated)];
}

/** The match for one branch of a verdict map. */
export function branchMatch(key: unknown, value: unknown, sets: SetValues): readonly HostMatch[] {
  const known = keyOf(key);
  const values = known === undefined ? undefined : valuesOf(value, sets);
  const match = known === undefined || values === undefined ? unknown(value) : normalMatch(known, values);
  return [...impliedBy(key), match];
}

function keyOf(left: unknown): HostMatchKey | undefined {
  if (!isObject(left)) return undefined;
  const { meta, payload, ct } = left;
  if (isObject(meta)) return metaKeys[String(meta['key'])];
  if (isObject(ct)) return ct['key'] === 'state' || ct['key'] === 'status' ? 'ct-state' : undefined;
  if (!isObject(payload)) return undefined;
  const { protocol, field } = payload;
  if (protocol === 'ip' || protocol === 'ip6') {
    if (field === 'saddr' || field === 'daddr') return field;
    return field === 'protocol' || field === 'nexthdr' ? 'protocol' : undefined;
  }
  const isPort = ['tcp', 'udp', 'th'].includes(String(protocol)) && (field === 'sport' || field === 'dport');
  return isPort ? field : undefined;
}

const metaKeys: Readonly<Record<string, HostMatchKey>> = {
  iif: 'iif',
  iifname: 'iif',
  oif: 'oif',
  oifname: 'oif',
  l4proto: 'protocol',
  nfproto: 'family',
};

/** nft leaves out a match that a field has of itself: `udp dport` is of UDP alone. */
function impliedBy(left: unknown): readonly HostMatch[] {
  const payload = isObject(left) ? left['payload'] : undefined;
  const protocol = isObject(payload) ? String(payload['protocol']) : '';
  if (protocol === 'ip') return [normalMatch('family', ['ipv4'])];
  if (protocol === 'ip6') return [normalMatch('family', ['ipv6'])];
  return ['tcp', 'udp', 'icmp', 'icmpv6'].includes(protocol) ? [normalMatch('protocol', [protocol])] : [];
}

function valuesOf(right: unknown, sets: SetValues): readonly string[] | undefined {
  if (typeof right === 'string' && right.startsWith('@')) {
    const elements = sets(right.slice(1));
    return elements === undefined ? undefined : all(elements.map(textOf));
  }
  if (Array.isArray(right)) return all(right.map(textOf));
  if (isObject(right) && Array.isArray(right['set'])) return all(right['set'].map(textOf));
  return all([textOf(right)]);
}

function all(values: readonly (string | undefined)[]): readonly string[] | undefined {
  return values.every((value) => value !== undefined) ? values : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (!isObject(value)) return undefined;
  const { prefix, range, elem } = value;
  if (isObject(prefix)) return `${prefix['addr']}/${prefix['len']}`;
  if (Array.isArray(range)) return `${range[0]}-${range[1]}`;
  return isObject(elem) ? textOf(elem['val']) : undefined;
}

function unknown(value: unknown): HostMatch {
  return { key: 'unknown', negated: false, values: [String(JSON.stringify(value)).slice(0, 200)] };
}
