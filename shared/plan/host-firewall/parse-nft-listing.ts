import { describeRule } from './describe-rule.ts';
import {
  type HostChain,
  type HostFamily,
  type HostHook,
  type HostMatch,
  type HostRule,
  type HostTable,
  type HostVerdict,
  maxHostRules,
} from './host-rules.ts';
import { branchMatch, isObject, nftMatches, nftVerdict, type SetValues } from './parse-nft-expression.ts';

type Json = Readonly<Record<string, unknown>>;
type Draft = Omit<HostTable, 'chains'> & {
  readonly chains: Map<string, HostChain & { readonly rules: HostRule[] }>;
  readonly sets: Map<string, readonly unknown[]>;
};

const families: readonly unknown[] = ['ip', 'ip6', 'inet'];
const hooks: readonly unknown[] = ['input', 'forward', 'output'];

/** Reads what `nft -j list` prints, of the families ip, ip6 and inet; what is not understood is passed over. */
export function parseNftListing(text: string): readonly HostTable[] {
  const tables = new Map<string, Draft>();
  const tableOf = (part: Json, name: unknown): Draft | undefined => {
    const { family } = part;
    if (!families.includes(family) || typeof name !== 'string') return undefined;
    const key = `${family} ${name}`;
    const known = tables.get(key);
    if (known !== undefined) return known;
    const owned = ([] as unknown[]).concat(part['flags']).includes('owner');
    const made: Draft = { tool: 'nft', family: family as HostFamily, name, owned, chains: new Map(), sets: new Map() };
    tables.set(key, made);
    return made;
  };
  const rules: Json[] = [];
  for (const { table, chain, set, rule } of readParts(text)) {
    if (isObject(table)) tableOf(table, table['name']);
    if (isObject(chain)) addChain(tableOf(chain, chain['table']), chain);
    if (isObject(set) && Array.isArray(set['elem']) && set['elem'].length <= maxSetElements) {
      tableOf(set, set['table'])?.sets.set(String(set['name']), set['elem']);
    }
    if (isObject(rule) && rules.length < maxHostRules) rules.push(rule);
  }
  for (const rule of rules) {
    const table = tableOf(rule, rule['table']);
    const chain = table?.chains.get(String(rule['chain']));
    if (table !== undefined && chain !== undefined) chain.rules.push(...readRule(rule, table));
  }
  return [...tables.values()];
}

/** Sets that are longer are not looked into: a match with one may or may not hold. */
const maxSetElements = 1000;

function readParts(text: string): readonly Json[] {
  try {
    const listing: unknown = JSON.parse(text);
    const parts = isObject(listing) ? listing['nftables'] : undefined;
    return Array.isArray(parts) ? parts.filter(isObject) : [];
  } catch {
    return [];
  }
}

function addChain(table: Draft | undefined, { name, type, hook, prio, policy }: Json): void {
  if (table === undefined || typeof name !== 'string') return;
  const isFilter = type === 'filter' && hooks.includes(hook);
  const base = isFilter ? { hook: hook as HostHook, priority: Number(prio) } : {};
  table.chains.set(name, { name, ...base, policy: policy === 'drop' ? 'drop' : 'accept', rules: [] });
}

function readRule(rule: Json, table: Draft): readonly HostRule[] {
  const sets: SetValues = (name) => table.sets.get(name);
  const statements = Array.isArray(rule['expr']) ? rule['expr'] : [];
  const { comment, handle } = rule;
  const matches: HostMatch[] = [];
  const make = (asked: readonly HostMatch[], verdict: HostVerdict): HostRule => {
    const ofThisFamily = ofTable(asked, table);
    return {
      text: describeRule(ofThisFamily, verdict),
      ...(typeof handle === 'number' ? { handle } : {}),
      ...(typeof comment === 'string' ? { comment } : {}),
      matches: ofThisFamily,
      verdict,
    };
  };
  for (const statement of statements) {
    if (!isObject(statement)) {
      matches.push({ key: 'unknown', negated: false, values: [String(statement).slice(0, 200)] });
      continue;
    }
    const verdict = nftVerdict(statement);
    if (verdict !== undefined) return [make(matches, verdict)];
    const branches = readBranches(statement);
    if (branches !== undefined) {
      return branches.pairs.map(([value, to]) =>
        make([...matches, ...branchMatch(branches.key, value, sets)], (isObject(to) && nftVerdict(to)) || unclear),
      );
    }
    matches.push(...nftMatches(statement, sets));
  }
  return [make(matches, { kind: 'none' })];
}

const unclear: HostVerdict = { kind: 'unknown' };

/** In the families ip and ip6 there is but one kind of packet. */
function ofTable(matches: readonly HostMatch[], { family }: Draft): readonly HostMatch[] {
  return family === 'inet' ? matches : matches.filter(({ key }) => key !== 'family');
}

/** The ways of a verdict map. */
function readBranches(
  statement: Json,
): { readonly key: unknown; readonly pairs: readonly (readonly [unknown, unknown])[] } | undefined {
  const vmap = statement['vmap'];
  const data = isObject(vmap) ? vmap['data'] : undefined;
  if (!isObject(vmap) || !isObject(data) || !Array.isArray(data['set'])) return undefined;
  const pairs = data['set'].filter((pair) => Array.isArray(pair)).map(([value, to]) => [value, to] as const);
  return { key: vmap['key'], pairs };
}
