import type { Diagnostic } from '../../../../shared/diagnostic.ts';
import type { Operation } from '../../../../shared/plan/plan.ts';
import type { Ruleset } from '../../../../shared/plan/ruleset.ts';
import { type Direction, directions, ipFamilies, type Policy, type PolicyRule } from '../../policy/policy.ts';
import type { Backend, KernelAbilities } from '../backend.ts';
import { compileRuleset, needsBridgeNetfilter } from './compile-ruleset.ts';
import { diffRulesets } from './diff-rulesets.ts';
import { logDrops } from './log-drops.ts';

function finding({ origin }: PolicyRule, code: string, message: string, expected: string): Diagnostic {
  const span = { file: origin.file, line: origin.line, column: 1, length: 0 };
  return { code, severity: 'error', message, span, filter: origin.filter, expected };
}

const packetRules = (policy: Policy, direction: Direction): readonly PolicyRule[] =>
  ipFamilies.flatMap((family) => policy.packets[direction][family]);

function refuse(policy: Policy, { bridgeConntrack, bridgeNetfilter }: KernelAbilities): readonly Diagnostic[] {
  const rules = directions.flatMap((direction) => packetRules(policy, direction));
  const findings = new Map<string, Diagnostic>();
  const add = (rule: PolicyRule, code: string, message: string, expected: string): void => {
    findings.set(`${code} ${rule.origin.file} ${rule.origin.line}`, finding(rule, code, message, expected));
  };
  for (const rule of rules) {
    for (const { test } of rule.tests) {
      if (test !== 'ipset') continue;
      add(
        rule,
        'backend-ipset',
        'nftables cannot look into an ipset, which belongs to iptables.',
        "a list variable in srcipaddr or dstipaddr, whose values are kept in nftables' own sets",
      );
    }
    for (const test of rule.tests) {
      if (
        test.test !== 'connections' ||
        test.above.kind === 'value' ||
        rule.groups[test.above.group]?.rows.length === 1
      )
        continue;
      add(rule, 'one-value', 'connlimit-above takes one value.', 'a variable with one value');
    }
  }
  const [first] = rules;
  if (first !== undefined && !bridgeConntrack && !bridgeNetfilter) {
    add(
      first,
      'kernel-connection-state',
      'This kernel can show connection state of bridged packets neither in the bridge nor through br_netfilter.',
      'a kernel with the module nf_conntrack_bridge or br_netfilter',
    );
  }
  return [...findings.values()];
}

export const nftablesBackend: Backend<Ruleset, Operation> = {
  name: 'nftables',
  refuse,
  compile: compileRuleset,
  needsBridgeNetfilter,
  logDrops,
  diff: diffRulesets,
};
