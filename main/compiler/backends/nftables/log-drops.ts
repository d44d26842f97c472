import type { Chain, Element, NftSet, Rule, Ruleset, Statement, Table } from '../../../../shared/plan/ruleset.ts';
import { contentName } from './content-name.ts';

/** What the names of networks' chains begin with; what belongs to them has to be known by its name. */
const networkPrefix = 'net_';

const isEnd = ({ do: what }: Statement): boolean => what === 'drop' || what === 'reject';

/** Whether a rule drops, is counted and has a name, and is not what another such rule leads to already. */
function isLogged({ comment, counter, statement }: Rule, before: Rule | undefined): boolean {
  return isEnd(statement) && counter && comment !== undefined && before?.statement.do !== 'log';
}

/** Where such a rule leads instead: the same end for all rules of its name, behind a rule that tells of it. */
function endOf({ comment, statement }: Rule, prefix: string): { readonly name: string; readonly chain: Chain } {
  const log: Rule = { comment, matches: [], counter: false, statement: { do: 'log' } };
  const end: Rule = { comment, matches: [], counter: true, statement };
  return { name: contentName(`${prefix}drop`, [comment, statement]), chain: { rules: [log, end] } };
}

function targetsOf(statement: Statement): readonly string[] {
  if (statement.do === 'jump' || statement.do === 'goto') return [statement.chain];
  return statement.do === 'dispatch-type' ? statement.chains.map(({ chain }) => chain) : [];
}

function withTargets(statement: Statement, nameOf: (chain: string) => string): Statement {
  switch (statement.do) {
    case 'jump':
    case 'goto':
      return { ...statement, chain: nameOf(statement.chain) };
    case 'dispatch-type':
      return { ...statement, chains: statement.chains.map((each) => ({ ...each, chain: nameOf(each.chain) })) };
    default:
      return statement;
  }
}

/** The name of a chain whose rules lead to such ends. */
export const loggedName = (chain: string): string => `${chain}_l`;

/** Whether a chain is such an end. */
export const isLoggedEnd = (chain: string): boolean =>
  chain.startsWith(`${networkPrefix}drop`) || chain.startsWith('drop');

/** A name stands for a content, so chains that become others get another name, and with them those that lead there. A hook is replaced as a whole. */
function newNames(chains: Readonly<Record<string, Chain>>): ReadonlyMap<string, string> {
  const isNew = new Set<string>();
  const changes = ({ rules }: Chain): boolean =>
    rules.some(
      (rule, at) => isLogged(rule, rules[at - 1]) || targetsOf(rule.statement).some((target) => isNew.has(target)),
    );
  for (let before = -1; before !== isNew.size; ) {
    before = isNew.size;
    for (const [name, chain] of Object.entries(chains)) {
      if (chain.base === undefined && changes(chain)) isNew.add(name);
    }
  }
  return new Map([...isNew].map((name) => [name, loggedName(name)]));
}

function logIn({ chains, sets }: Table): Table {
  const names = newNames(chains);
  const nameOf = (chain: string): string => names.get(chain) ?? chain;
  const ends = new Map<string, Chain>();
  const changed = (chain: string, rule: Rule, before: Rule | undefined): Rule => {
    if (!isLogged(rule, before)) return { ...rule, statement: withTargets(rule.statement, nameOf) };
    const end = endOf(rule, chain.startsWith(networkPrefix) ? networkPrefix : '');
    ends.set(end.name, end.chain);
    return { ...rule, counter: false, statement: { do: 'goto', chain: end.name } };
  };
  const leading = Object.entries(chains).map(([name, { rules, ...rest }]): [string, Chain] => [
    nameOf(name),
    { ...rest, rules: rules.map((rule, at) => changed(name, rule, rules[at - 1])) },
  ]);
  const element = (each: Element): Element =>
    each.chain === undefined ? each : { ...each, chain: nameOf(each.chain) };
  const set = ({ definition, elements }: NftSet): NftSet => ({ definition, elements: elements.map(element) });
  return {
    chains: { ...Object.fromEntries(leading), ...Object.fromEntries(ends) },
    sets: Object.fromEntries(Object.entries(sets).map(([name, each]) => [name, set(each)])),
  };
}

/**
 * The same rules, with every named drop and reject told to whoever reads the drop log. A limit would end the very rule it stands in, so what drops
 * goes on to a chain that logs and then drops: packets that pass meet nothing new. What logs already stays as it is.
 */
export function logDrops({ bridge, inet }: Ruleset): Ruleset {
  return { bridge: logIn(bridge), inet: logIn(inet) };
}
