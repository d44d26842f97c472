import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FilterSummary, FilterVariable } from '../../../shared/rpc/filters.ts';
import type { Nic } from '../../../shared/rpc/machine.ts';
import { usePropose } from '../../change/use-propose.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { Answered } from '../../ui/answered.tsx';
import { SectionCard } from '../../ui/section-card.tsx';
import { words } from '../../words/words.ts';
import { areOfKind, splitValues } from './read-values.ts';
import { StopPicture } from './stop-picture.tsx';

const said = words.guests.attach;

/** What is known already of the NIC stands there to begin with. */
function firstValues({ name, type }: FilterVariable, { filter, addresses }: Nic): string {
  const before = filter?.parameters[name];
  if (before !== undefined) return before.join(', ');
  if (name !== 'IP' && name !== 'IPV6') return '';
  return addresses
    .map(({ address }) => address)
    .filter((address) => areOfKind([address], type))
    .join(', ');
}

function problemOf({ type, given }: FilterVariable, values: readonly string[]): string | undefined {
  if (values.length === 0) return given ? undefined : said.missing;
  if (areOfKind(values, type)) return undefined;
  return type === 'text' || type === 'mask' ? undefined : said.bad[type];
}

interface ParametersProps {
  readonly nic: Nic;
  readonly filter: string;
  readonly variables: readonly FilterVariable[];
}

function Parameters({ nic, filter, variables }: ParametersProps) {
  const propose = usePropose();
  // MAC is the NIC's own and has a field of its own in a binding.
  const asked = variables.filter(({ name }) => name !== 'MAC');
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(asked.map((each) => [each.name, firstValues(each, nic)])),
  );
  const [macText, setMacText] = useState('');
  // What is learned meanwhile takes the field away, and counts.
  const mac = nic.mac ?? macText.trim().toLowerCase();
  const valuesOf = (name: string): readonly string[] => splitValues(texts[name] ?? '');
  const isMacRight = mac !== '' && areOfKind([mac], 'mac');
  const isWhole = isMacRight && asked.every((each) => problemOf(each, valuesOf(each.name)) === undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const given = asked.map(({ name }) => ({ name, values: [...valuesOf(name)] }));
        const parameters = Object.fromEntries(
          given.flatMap(({ name, values }) => (values.length > 0 ? [[name, values]] : [])),
        );
        if (isWhole) propose([{ action: 'attach', device: nic.device, filter, mac, parameters }]);
      }}
    >
      <Stack gap="sm">
        {nic.mac === undefined && (
          <TextInput
            label={words.guests.switches.mac}
            description={said.kinds.mac}
            value={macText}
            onChange={(event) => setMacText(event.currentTarget.value)}
            error={!isMacRight && (mac === '' ? words.guests.switches.needsMac : words.guests.switches.badMac)}
          />
        )}
        {asked.map((variable) => {
          const { name, type, given } = variable;
          return (
            <TextInput
              key={name}
              label={said.parameter(name)}
              description={`${given ? said.given : said.kinds[type]}. ${said.listHint}`}
              value={texts[name] ?? ''}
              onChange={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
              error={problemOf(variable, valuesOf(name))}
            />
          );
        })}
        <Group justify="flex-end">
          {nic.filter !== undefined && (
            <Button variant="default" onClick={() => propose([{ action: 'detach', device: nic.device }])}>
              {said.detach}
            </Button>
          )}
          <Button type="submit" disabled={!isWhole}>
            {said.apply}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** clean-traffic first: the right start for most guests. */
const byWorth = (a: FilterSummary, b: FilterSummary): number =>
  Number(b.name.startsWith('clean-traffic')) - Number(a.name.startsWith('clean-traffic')) ||
  a.name.localeCompare(b.name);

interface ChoiceProps {
  readonly nic: Nic;
  readonly filters: readonly FilterSummary[];
}

function Choice({ nic, filters }: ChoiceProps) {
  const sorted = filters.toSorted(byWorth);
  const [name, setName] = useState(nic.filter?.name ?? 'clean-traffic');
  const read = useAnswer('filters.read', { name });
  const namesOf = (each: readonly FilterSummary[]): string[] => each.map((filter) => filter.name);
  const purpose = filters.find((each) => each.name === name)?.purpose;
  const own = sorted.filter(({ origin }) => origin === 'own');
  return (
    <Stack gap="sm">
      <NativeSelect
        label={said.filter}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data={[
          { group: said.stock, items: namesOf(sorted.filter(({ origin }) => origin !== 'own')) },
          ...(own.length === 0 ? [] : [{ group: said.own, items: namesOf(own) }]),
        ]}
      />
      <Group wrap="nowrap">
        <StopPicture of={name.startsWith('clean-traffic') || /spoofing$/.test(name) ? 'identity' : 'filter'} />
        <Text size="sm">{purpose ?? words.guests.pictures.filter}</Text>
      </Group>
      <Answered answer={read}>
        {({ checked }) => <Parameters key={name} nic={nic} filter={name} variables={checked.variables} />}
      </Answered>
    </Stack>
  );
}

/** Any filter of the library, with the values that it wants. */
export function AttachForm({ nic }: { readonly nic: Nic }) {
  const library = useAnswer('filters.list', {});
  return (
    <SectionCard title={said.title} hint={said.hint} order={3}>
      <Answered answer={library}>
        {({ filters }) => <Choice key={nic.filter?.name ?? ''} nic={nic} filters={filters} />}
      </Answered>
    </SectionCard>
  );
}
