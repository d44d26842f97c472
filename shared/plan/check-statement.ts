import { checkMatch, checkSet, checkValue, keyType } from './check-match.ts';
import type { Rule, Statement } from './ruleset.ts';
import type { TableShape } from './shape.ts';
import type { TableFamily } from './table-families.ts';

/** Why a rule cannot stand in a chain of this table, as sentences; none when it can. */
export function checkRule(rule: Rule, family: TableFamily, table: TableShape): readonly string[] {
  const problems = rule.matches.flatMap((match) => checkMatch(match, family, table));
  const counting = rule.matches.findIndex(({ match }) => match === 'connections');
  if (counting !== -1 && counting !== rule.matches.length - 1) {
    problems.push('the count of connections does not stand last and would count what the rule does not speak of');
  }
  if (rule.statement.do === 'log' && rule.comment === undefined) {
    problems.push('a rule that logs has no comment to be known by in the log');
  }
  return [...problems, ...checkStatement(rule.statement, family, table)];
}

function checkStatement(statement: Statement, family: TableFamily, table: TableShape): readonly string[] {
  switch (statement.do) {
    case 'accept':
    case 'drop':
    case 'return':
    case 'count':
    case 'log':
    case 'reject':
    case 'clear-mark':
      return [];
    case 'masquerade':
      return [...checkNat(family), ...checkPorts(statement.ports)];
    case 'snat': {
      const field = statement.family === 'ip' ? 'ip saddr' : 'ip6 saddr';
      const range = { match: 'range', field, operator: '==', low: statement.low, high: statement.high } as const;
      return [...checkNat(family), ...checkPorts(statement.ports), ...checkMatch(range, family, table)];
    }
    case 'dnat': {
      const field = statement.family === 'ip' ? 'ip daddr' : 'ip6 daddr';
      return [...checkNat(family), ...checkPorts(statement.ports), ...checkValue(field, statement.address)];
    }
    case 'jump':
    case 'goto':
      return checkTarget(table, statement.chain);
    case 'dispatch':
      return checkSet(table, statement.map, { kind: 'verdicts', key: keyType(statement.key), fields: [] });
    case 'dispatch-type': {
      const types = statement.chains.map(({ etherType }) => etherType);
      return [
        ...(family === 'bridge' ? [] : ['EtherTypes can be dispatched in the bridge table only']),
        ...(new Set(types).size === types.length ? [] : ['an EtherType stands twice']),
        ...statement.chains.flatMap(({ chain }) => checkTarget(table, chain)),
      ];
    }
    case 'set-mark':
      return checkSet(table, statement.map, { kind: 'marks', key: 'ifname', fields: [] });
  }
}

/** Whether the chain is one of those that the kernel translates addresses in is left to the kernel, which refuses all others. */
function checkNat(family: TableFamily): readonly string[] {
  return family === 'inet' ? [] : ['addresses are translated in the inet table only'];
}

function checkPorts(ports: { readonly low: number; readonly high: number } | undefined): readonly string[] {
  return ports === undefined || ports.low <= ports.high ? [] : [`the ports ${ports.low}-${ports.high} descend`];
}

/** Why a verdict cannot lead to the chain. */
export function checkTarget(table: TableShape, chain: string): readonly string[] {
  const base = table.chains.get(chain);
  if (base === undefined) return [`there is no chain ${chain}`];
  return base === null ? [] : [`the chain ${chain} has a hook and cannot be led to`];
}
