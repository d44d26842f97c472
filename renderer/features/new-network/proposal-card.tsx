import { Card, Table, Title } from '@mantine/core';
import type { Proposal } from '../../../shared/rpc/new-network.ts';
import { words } from '../../words/words.ts';

function factsOf({ name, kind, subnet, dhcp, domain, ipv6, uplink }: Proposal): readonly (readonly [string, string])[] {
  const { facts } = words.newNetwork;
  const addresses =
    kind === 'lan' || kind === 'bridge' ? facts.fromLan : dhcp ? facts.range(dhcp.first, dhcp.last) : facts.byHand;
  return [
    [facts.name, name],
    [facts.kind, words.kinds[kind]],
    ...(subnet === undefined ? [] : [[facts.subnet, subnet] as const]),
    [facts.dhcp, addresses],
    ...(domain === undefined ? [] : [[facts.domain, facts.names(domain)] as const]),
    ...(kind === 'lan' || kind === 'bridge' ? [] : [[facts.ipv6, ipv6 ?? facts.none] as const]),
    ...(kind === 'isolated' ? [] : [[facts.uplink, uplink ?? facts.host] as const]),
  ];
}

/** What will be made, before it is. */
export function ProposalCard({ proposal }: { readonly proposal: Proposal }) {
  return (
    <Card withBorder>
      <Title order={2} size="h5" mb="xs">
        {words.newNetwork.whatIsMade}
      </Title>
      <Table variant="vertical" withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>
          {factsOf(proposal).map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={180}>{name}</Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
