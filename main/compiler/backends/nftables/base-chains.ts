import { etherTypeNames } from '../../../../shared/nwfilter/protocols.ts';
import type { Chain, PortKey, Rule, Statement } from '../../../../shared/plan/ruleset.ts';
import { ipFamilies } from '../../policy/policy.ts';

const rule = (matches: Rule['matches'], statement: Statement, comment?: string): Rule => ({
  ...(comment === undefined ? {} : { comment }),
  matches,
  counter: comment !== undefined,
  statement,
});

export const dispatchChain = (base: NonNullable<Chain['base']>, key: PortKey, map: string): Chain => ({
  base,
  rules: [rule([], { do: 'dispatch', key, map })],
});

/** Only untagged IP is shown to the inet family, so only that gets a number. */
export const markChain = (base: 'mark-out' | 'mark-in', key: 'iifname' | 'oifname', map: string): Chain => ({
  base,
  rules: ipFamilies.map((family) =>
    rule([{ match: 'compare', field: 'ether type', operator: '==', value: `${etherTypeNames[family]}` }], {
      do: 'set-mark',
      key,
      map,
    }),
  ),
});

export const clearChain = (base: 'clear-out' | 'clear-in'): Chain => ({
  base,
  rules: [rule([{ match: 'own-mark' }], { do: 'clear-mark' })],
});

/** A packet that still carries a number was not judged: somebody has switched br_netfilter off. It must not pass. */
export const guardChain = (base: 'guard-out' | 'guard-in'): Chain => ({
  base,
  rules: [rule([{ match: 'own-mark' }], { do: 'drop' }, 'guard: packet not judged')],
});
