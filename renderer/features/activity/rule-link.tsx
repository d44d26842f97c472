import { Anchor, Text } from '@mantine/core';
import type { DropGroup } from '../../../shared/rpc/drops.ts';
import { routeTo } from '../../shell/route.ts';
import { words } from '../../words/words.ts';

const said = words.activity.drops;

interface RuleLinkProps extends Pick<DropGroup, 'rule' | 'network'> {
  /** What the kernel calls it, for a rule that is not defined any more. */
  readonly name?: string;
}

/** Leads to the line of the filter, or to the network, whose rule it is. */
export function RuleLink({ rule, network, name = '' }: RuleLinkProps) {
  if (rule !== undefined) {
    return (
      <Anchor size="sm" href={routeTo(['filters', rule.filter], { line: String(rule.line) })}>
        {said.line(rule.filter, rule.line)}
      </Anchor>
    );
  }
  if (network === undefined) return <Text size="sm">{name}</Text>;
  return (
    <Anchor size="sm" href={routeTo(['network', network])}>
      {said.network(network)}
    </Anchor>
  );
}
