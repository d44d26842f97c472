import { Code, List, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../../words/words.ts';
import { joinAddresses } from './join-addresses.ts';
import type { NetworkTabProps } from './network-tab-props.ts';

const said = words.network.names;

interface NamedListProps {
  readonly title: string;
  readonly none: string;
  readonly rows: readonly { readonly address: string; readonly names: string }[];
}

function NamedList({ title, none, rows }: NamedListProps): ReactNode {
  return (
    <section>
      <Title order={3} size="h5">
        {title}
      </Title>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <List size="sm">
          {rows.map(({ address, names }) => (
            <List.Item key={`${address} ${names}`}>
              {names} <Code>{address}</Code>
            </List.Item>
          ))}
        </List>
      )}
    </section>
  );
}

/** What the network answers to questions for names. */
export function NamesTab({ details }: NetworkTabProps) {
  const { enabled, domain, forwarders, hosts } = details.dns;
  if (!enabled) return <Text>{said.off}</Text>;
  const known = joinAddresses(details.leases, details.kept).flatMap(({ address, name }) =>
    name === undefined ? [] : [{ address, names: name }],
  );
  return (
    <Stack>
      <div>
        <Title order={2} size="h4">
          {said.title}
        </Title>
        <Text>{domain === undefined ? said.noDomain : said.domain(domain)}</Text>
        <Text size="sm" c="dimmed">
          {`${said.forwarders} ${forwarders.length === 0 ? said.host : forwarders.join(', ')}.`}
        </Text>
      </div>
      <NamedList title={said.known} none={said.noKnown} rows={known} />
      <NamedList
        title={said.hosts}
        none={said.noHosts}
        rows={hosts.map(({ address, names }) => ({ address, names: names.join(', ') }))}
      />
    </Stack>
  );
}
