import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface FactsTableProps {
  /** What it is called, and what it is. */
  readonly rows: readonly (readonly [string, ReactNode])[];
}

/** What is known of one thing, a line each. */
export function FactsTable({ rows }: FactsTableProps) {
  return (
    <Table withRowBorders={false}>
      <Table.Tbody>
        {rows.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" w={150}>
              {label}
            </Table.Th>
            <Table.Td>{typeof value === 'string' ? <Text size="sm">{value}</Text> : value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
