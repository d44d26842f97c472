import { type HostChain, type HostHook, type HostTable, type HostTool, maxHostRules } from './host-rules.ts';
import { parseIptablesRule } from './parse-iptables-rule.ts';

/** The tables whose verdicts are filters'; `nat` cannot drop, and `raw` is before everything that a network promises. */
const priorities: Readonly<Record<string, number>> = { filter: 0, mangle: -150, security: 50 };
const hooks: Readonly<Record<string, HostHook>> = { INPUT: 'input', FORWARD: 'forward', OUTPUT: 'output' };

/** Reads what iptables-save or ip6tables-save prints; lines that are not understood are passed over. */
export function parseIptablesSave(
  text: string,
  tool: Exclude<HostTool, 'nft'>,
  family: 'ip' | 'ip6',
): readonly HostTable[] {
  const tables: HostTable[] = [];
  for (const part of text.split(/^\*/m).slice(1)) {
    const [name = '', ...lines] = part.split('\n');
    const priority = priorities[name];
    if (priority === undefined) continue;
    tables.push({ tool, family, name, owned: false, chains: readChains(lines.slice(0, maxHostRules), priority) });
  }
  return tables;
}

function readChains(lines: readonly string[], priority: number): ReadonlyMap<string, HostChain> {
  const chains = new Map<string, HostChain & { rules: HostChain['rules'][number][] }>();
  for (const line of lines) {
    const [, name, policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (name === undefined) continue;
    const hook = policy === '-' ? undefined : hooks[name];
    const base = hook === undefined ? {} : { hook, priority };
    chains.set(name, { name, ...base, policy: policy === 'DROP' ? 'drop' : 'accept', rules: [] });
  }
  for (const line of lines) {
    const parsed = parseIptablesRule(line, (name) => chains.has(name));
    if (parsed !== undefined) chains.get(parsed.chain)?.rules.push(parsed.rule);
  }
  return chains;
}
