import { Button, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { NetworkSummary } from '../../../shared/rpc/machine.ts';
import { usePropose } from '../../change/use-propose.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { SectionCard } from '../../ui/section-card.tsx';
import { words } from '../../words/words.ts';

const said = words.network.defaultFilter;

function Choice({ network, current }: { readonly network: string; readonly current: string }) {
  const propose = usePropose();
  const filters = useAnswer('filters.list', {}).data?.filters ?? [];
  const [chosen, setChosen] = useState(current);
  const names = filters.map(({ name }) => name);
  // What the network names may have gone from the library.
  const known = current === '' || names.includes(current) ? names : [current, ...names];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== current) propose([{ action: 'set-default-filter', network, filter: chosen || null }]);
      }}
    >
      <Group align="flex-end" gap="sm">
        <NativeSelect
          flex={1}
          miw={180}
          label={said.label}
          value={chosen}
          data={[{ value: '', label: said.none }, ...known]}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={chosen === current}>
          {said.apply}
        </Button>
      </Group>
    </form>
  );
}

/** The filter that every NIC which is plugged into the network gets. */
export function DefaultFilter({
  name,
  kind,
  defaultFilter = '',
}: Pick<NetworkSummary, 'name' | 'kind' | 'defaultFilter'>) {
  return (
    <SectionCard title={said.title} hint={`${said.hint} ${kind === 'bridge' ? said.openFirst : said.closed}`} order={2}>
      <Choice key={defaultFilter} network={name} current={defaultFilter} />
    </SectionCard>
  );
}
