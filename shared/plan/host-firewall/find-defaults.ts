import type { HostChain, HostHook, HostRule, HostTable } from './host-rules.ts';

/** Where packets end that no rule has spoken of by name. An accept stands in front of it, after all rules that do. */
export interface HostDefault {
  readonly hook: HostHook;
  readonly chain: string;
  /** Number of the rule, from 0, that an accept comes before; the count of rules where the policy drops. */
  readonly at: number;
}

/** The defaults of a table that drop. */
export function findDefaults(table: HostTable): readonly HostDefault[] {
  const defaults: HostDefault[] = [];
  for (const chain of table.chains.values()) {
    if (chain.hook !== undefined) {
      const place = defaultOf(table, chain, new Set());
      if (place !== undefined) defaults.push({ hook: chain.hook, ...place });
    }
    // ufw sends what it is not to log, DHCP requests among it, past its log to what is the policy once more.
    const [, hook] = /^ufw6?-skip-to-policy-(input|forward|output)$/.exec(chain.name) ?? [];
    const at = chain.rules.findIndex(isUnconditionalDrop);
    if (hook !== undefined && at !== -1) defaults.push({ hook: hook as HostHook, chain: chain.name, at });
  }
  return defaults;
}

/** Chains are entered once, since a loop would not end; the kernel refuses one. */
function defaultOf(
  table: HostTable,
  chain: HostChain,
  entered: ReadonlySet<string>,
): Pick<HostDefault, 'chain' | 'at'> | undefined {
  for (const [at, rule] of chain.rules.entries()) {
    if (rule.matches.length > 0) continue;
    const { verdict } = rule;
    if (verdict.kind === 'drop' || verdict.kind === 'reject') return { chain: chain.name, at };
    if (verdict.kind === 'accept') return undefined;
    if (verdict.kind === 'return') break;
    if (!('chain' in verdict)) continue;
    const target = table.chains.get(verdict.chain);
    if (target === undefined || entered.has(target.name)) continue;
    const end = endOf(target);
    if (end === 'drops-all') return { chain: chain.name, at };
    if (end === 'drops-rest') {
      // Who is sent there for a reason of its own would meet the accept too.
      if (isSentToByName(table, target.name)) return undefined;
      return defaultOf(table, target, new Set([...entered, chain.name]));
    }
    if (verdict.kind === 'goto') break;
  }
  return chain.hook !== undefined && chain.policy === 'drop'
    ? { chain: chain.name, at: chain.rules.length }
    : undefined;
}

/** What becomes of packets in a chain that is jumped to: some may come back, all are dropped, or those that no rule names are. */
function endOf(chain: HostChain): 'comes-back' | 'drops-all' | 'drops-rest' {
  const last = chain.rules.findIndex(isUnconditionalDrop);
  if (last === -1) return 'comes-back';
  const before = chain.rules.slice(0, last);
  if (before.some(({ verdict }) => verdict.kind === 'return' || verdict.kind === 'goto')) return 'comes-back';
  return before.every(({ verdict }) => verdict.kind === 'none') ? 'drops-all' : 'drops-rest';
}

function isSentToByName(table: HostTable, name: string): boolean {
  return [...table.chains.values()].some(({ rules }) =>
    rules.some(({ matches, verdict }) => 'chain' in verdict && verdict.chain === name && matches.length > 0),
  );
}

function isUnconditionalDrop({ matches, verdict }: HostRule): boolean {
  return matches.length === 0 && (verdict.kind === 'drop' || verdict.kind === 'reject');
}
