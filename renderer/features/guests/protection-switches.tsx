import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { parseMac } from '../../../shared/net/mac.ts';
import type { Action } from '../../../shared/rpc/changes.ts';
import type { Nic } from '../../../shared/rpc/machine.ts';
import { usePropose } from '../../change/use-propose.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { SectionCard } from '../../ui/section-card.tsx';
import { words } from '../../words/words.ts';
import { composeFilter, noProtection, type Protections, protections, protectionsOf } from './compose-filter.ts';
import { areOfKind, splitValues } from './read-values.ts';
import { StopPicture } from './stop-picture.tsx';

const said = words.guests.switches;

const ipv4Of = ({ addresses }: Nic): string =>
  addresses
    .map(({ address }) => address)
    .filter((address) => areOfKind([address], 'ipv4'))
    .join(', ');

interface ChoiceProps {
  readonly nic: Nic;
  /** What the NIC has now; undefined: a filter that says more. */
  readonly now: Protections | undefined;
}

function Choice({ nic, now }: ChoiceProps) {
  const propose = usePropose();
  const [wanted, setWanted] = useState<Protections>(now ?? noProtection);
  const [addressText, setAddressText] = useState(() => ipv4Of(nic));
  const [macText, setMacText] = useState('');
  // What is learned meanwhile takes the field away, and counts.
  const mac = nic.mac ?? macText.trim().toLowerCase();
  const { device, filter } = nic;
  const addresses = splitValues(addressText);
  const hasAddresses = addresses.length > 0 && areOfKind(addresses, 'ipv4');
  const hasMac = parseMac(mac) !== undefined;
  const before = filter?.parameters['IP'] ?? [];
  const isChanged =
    protections.some((each) => wanted[each] !== (now ?? noProtection)[each]) ||
    (wanted.identity && addresses.join() !== before.join());
  const composed = composeFilter(device, wanted);
  const isWhole = composed === undefined || (hasMac && (!wanted.identity || hasAddresses));

  function submit(): void {
    if (composed === undefined) {
      if (filter !== undefined) propose([{ action: 'detach', device }]);
      return;
    }
    const define: readonly Action[] =
      composed.text === undefined ? [] : [{ action: 'define-filter', text: composed.text }];
    propose([
      ...define,
      {
        action: 'attach',
        device,
        filter: composed.name,
        mac,
        parameters: wanted.identity ? { IP: [...addresses] } : {},
      },
    ]);
  }

  return (
    <Stack gap="md">
      {now === undefined && filter !== undefined && <Text size="sm">{said.other(filter.name)}</Text>}
      {protections.map((each) => {
        const [label, description] = said[each];
        return (
          <Group key={each} justify="space-between" wrap="nowrap" align="center">
            <Switch
              label={label}
              description={description}
              checked={wanted[each]}
              onChange={() => setWanted({ ...wanted, [each]: !wanted[each] })}
            />
            <StopPicture of={each} />
          </Group>
        );
      })}
      {wanted.identity && (
        <TextInput
          label={said.addresses}
          description={said.addressesHint}
          value={addressText}
          onChange={(event) => setAddressText(event.currentTarget.value)}
          error={!hasAddresses && (addresses.length === 0 ? said.needsAddress : said.badAddress)}
        />
      )}
      {composed !== undefined && nic.mac === undefined && (
        <TextInput
          label={said.mac}
          value={macText}
          onChange={(event) => setMacText(event.currentTarget.value)}
          error={!hasMac && (mac === '' ? said.needsMac : said.badMac)}
        />
      )}
      <Group justify="flex-end">
        <Button disabled={!isChanged || !isWhole} onClick={submit}>
          {said.apply}
        </Button>
      </Group>
    </Stack>
  );
}

/** Three switches for those who want no XML: they choose a filter, or write one for this guest. */
export function ProtectionSwitches({ nic }: { readonly nic: Nic }) {
  const name = nic.filter?.name;
  const text = useAnswer('filters.read', { name: name ?? '-' }, { enabled: name !== undefined });
  const now = protectionsOf(nic.device, name, text.data?.text);
  return (
    <SectionCard title={said.title} hint={said.hint} order={3}>
      <Choice key={JSON.stringify([name, now, nic.filter?.parameters])} nic={nic} now={now} />
    </SectionCard>
  );
}
