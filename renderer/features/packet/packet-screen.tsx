import { Button, NativeSelect, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import type { Nic } from '../../../shared/rpc/machine.ts';
import type { Question } from '../../../shared/rpc/packet.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { type Route, useRoute } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { Page } from '../../ui/page.tsx';
import { words } from '../../words/words.ts';
import { AllowButton } from './allow-button.tsx';
import { type Draft, emptyDraft, problemsOf, questionOf } from './draft.ts';
import { PacketForm } from './packet-form.tsx';
import { TraceView } from './trace-view.tsx';

const documentationAddress = '192.0.2.10';

const nameOf = ({ device, port, hypervisor }: Nic): string => {
  const guest = hypervisor?.guest ?? port?.guest;
  return guest === undefined ? device : `${guest} (${device})`;
};

/** A dropped frame comes with the route that leads here. */
function draftOf({ query }: Route): Draft {
  const frame = query['frame'];
  const direction = query['direction'] === 'in' ? 'in' : 'out';
  return frame === undefined ? emptyDraft : { ...emptyDraft, kind: 'frame', hex: frame, direction };
}

interface AnswerProps {
  readonly question: Question;
  /** Whose NIC it is; absent for a filter alone. */
  readonly nic: Nic | undefined;
}

function Answer({ question, nic }: AnswerProps) {
  const trace = useAnswer('packet.trace', question);
  return (
    <Answered answer={trace}>
      {(seen) => (
        <Stack gap="md">
          <TraceView
            key={JSON.stringify(seen)}
            trace={seen}
            guest={nic === undefined ? words.packet.walk.anyGuest : nameOf(nic)}
            filter={question.subject.of === 'filter' ? question.subject.filter : (nic?.filter?.name ?? '')}
            network={nic?.network ?? nic?.bridge ?? words.packet.walk.anyNetwork}
          />
          {seen.verdict !== 'accept' && question.subject.of === 'nic' && <AllowButton question={question} />}
        </Stack>
      )}
    </Answered>
  );
}

/** Any packet, judged by any filter, with its whole way. */
export function PacketScreen() {
  const route = useRoute();
  return <Trial key={JSON.stringify(route)} route={route} />;
}

function Trial({ route }: { readonly route: Route }) {
  const said = words.packet;
  const [first] = useState(() => draftOf(route));
  const [draft, setDraft] = useState(first);
  const [of, setOf] = useState<'nic' | 'filter'>(route.query['filter'] === undefined ? 'nic' : 'filter');
  const [device, setDevice] = useState(route.query['device']);
  const [wantedFilter, setFilter] = useState(route.query['filter'] ?? 'clean-traffic');
  const [asked, setAsked] = useState<string>();
  const nics = (useAnswer('machine.read', {}).data?.nics ?? []).filter((nic) => nic.filter !== undefined);
  const filters = useAnswer('filters.list', {}).data?.filters ?? [];
  const filter = filters.some(({ name }) => name === wantedFilter) ? wantedFilter : (filters[0]?.name ?? wantedFilter);
  const nic = nics.find((each) => each.device === device) ?? nics[0];
  const isOfNic = of === 'nic' && nic !== undefined;
  const known = isOfNic ? nic.addresses.map(({ address }) => address) : [];
  const own = known.find((address) => parseIpv4(address) !== undefined) ?? documentationAddress;
  const subject: Question['subject'] = isOfNic
    ? { of: 'nic', device: nic.device }
    : { of: 'filter', filter, parameters: {} };
  const isWhole = Object.keys(problemsOf(draft, own)).length === 0;
  const question = isWhole ? questionOf(draft, own, subject) : undefined;
  // A dropped frame that the route brings is asked about at once.
  const isBrought = draft === first && route.query['frame'] !== undefined && (isOfNic || of === 'filter');
  // An answer to something else than what stands there would be taken for one to that.
  const isAsked = isBrought || (question !== undefined && JSON.stringify(question) === asked);
  const ask = (about: Draft) => setAsked(JSON.stringify(questionOf(about, own, subject)));
  return (
    <Page title={words.screens.packet} lead={said.lead}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack
          gap="md"
          component="form"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            if (isWhole) ask(draft);
          }}
        >
          <SegmentedControl
            aria-label={said.who}
            value={of}
            data={[
              { value: 'nic', label: said.guest },
              { value: 'filter', label: said.filter },
            ]}
            onChange={(value) => setOf(value as 'nic' | 'filter')}
          />
          {of === 'nic' && nics.length === 0 && (
            <Text size="sm" c="dimmed">
              {said.noNic}
            </Text>
          )}
          {isOfNic ? (
            <NativeSelect
              label={said.guest}
              value={nic.device}
              data={nics.map((each) => ({ value: each.device, label: nameOf(each) }))}
              onChange={({ currentTarget }) => setDevice(currentTarget.value)}
            />
          ) : (
            <NativeSelect
              label={said.filter}
              value={filter}
              data={filters.map(({ name }) => name)}
              onChange={({ currentTarget }) => setFilter(currentTarget.value)}
            />
          )}
          <PacketForm
            draft={draft}
            own={own}
            onChange={setDraft}
            onExample={(example) => {
              setDraft(example);
              ask(example);
            }}
          />
          <Button type="submit" disabled={!isWhole}>
            {said.ask}
          </Button>
        </Stack>
        <div aria-live="polite">
          {question !== undefined && isAsked && <Answer question={question} nic={isOfNic ? nic : undefined} />}
        </div>
      </SimpleGrid>
    </Page>
  );
}
