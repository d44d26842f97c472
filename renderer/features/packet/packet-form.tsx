import {
  Button,
  Group,
  NativeSelect,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { words } from '../../words/words.ts';
import {
  type Draft,
  emptyDraft,
  type PresetName,
  presets,
  problemsOf,
  stages,
  type TextField,
  turned,
} from './draft.ts';

const kinds = ['tcp', 'udp', 'icmp', 'arp', 'frame'] as const;
const presetNames: readonly PresetName[] = [
  ...(['web', 'mail', 'ping', 'pose', 'poseMac', 'arpLie', 'dhcpServer', 'calledIn', 'answered'] as const),
];

interface PacketFormProps {
  readonly draft: Draft;
  /** An address of the guest's: it stands for an empty source, and in the examples. */
  readonly own: string;
  readonly onChange: (draft: Draft) => void;
  /** An example is whole: it can be asked about at once. */
  readonly onExample: (draft: Draft) => void;
}

/** What is sent: an example, or every field of it. What is wrong is said at its field, as one types. */
export function PacketForm({ draft, own, onChange, onExample }: PacketFormProps) {
  const said = words.packet;
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const problems = problemsOf(draft, own);
  const errorOf = (name: TextField) => {
    const problem = problems[name];
    return problem === undefined ? undefined : said.problems[problem];
  };
  const field = (name: TextField, label: string, placeholder?: string) => (
    <TextInput
      label={label}
      value={draft[name]}
      error={errorOf(name)}
      {...(placeholder !== undefined && { placeholder })}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value.trim() })}
    />
  );
  const stage = (
    <NativeSelect
      label={said.stage}
      value={draft.stage}
      data={stages.map((value) => ({ value, label: said.stages[value] }))}
      onChange={({ currentTarget }) => change({ stage: currentTarget.value as Draft['stage'] })}
    />
  );
  const hasPorts = draft.kind === 'tcp' || draft.kind === 'udp';
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" fw={500} mb={4}>
          {said.presets.label}
        </Text>
        <Group gap={6}>
          {presetNames.map((name) => (
            <Button
              key={name}
              size="compact-sm"
              variant="default"
              onClick={() => onExample({ ...emptyDraft, ...presets(own)[name] })}
            >
              {said.presets[name]}
            </Button>
          ))}
        </Group>
      </div>
      <SegmentedControl
        aria-label={said.direction}
        value={draft.direction}
        data={(['out', 'in'] as const).map((value) => ({ value, label: said.directions[value] }))}
        onChange={(value) => value !== draft.direction && onChange(turned(draft, own))}
      />
      <NativeSelect
        label={said.kind}
        value={draft.kind}
        data={kinds.map((value) => ({ value, label: said.kinds[value] }))}
        onChange={({ currentTarget }) => change({ kind: currentTarget.value as Draft['kind'] })}
      />
      {draft.kind === 'frame' ? (
        <Textarea
          label={said.hex}
          autosize
          minRows={3}
          maxRows={8}
          ff="monospace"
          value={draft.hex}
          error={errorOf('hex')}
          onChange={({ currentTarget }) => change({ hex: currentTarget.value })}
        />
      ) : (
        <SimpleGrid cols={2}>
          {field(
            'source',
            draft.kind === 'arp' ? said.sender : said.source,
            draft.direction === 'out' ? own : undefined,
          )}
          {field('destination', draft.kind === 'arp' ? said.target : said.destination)}
          {hasPorts && field('sourcePort', `${said.source}: ${said.port}`)}
          {hasPorts && field('destinationPort', `${said.destination}: ${said.port}`)}
          {draft.kind === 'icmp' && field('type', said.type)}
          {draft.kind === 'icmp' && field('code', said.code)}
          {field('sourceMac', said.sourceMac, said.usualMac)}
          {draft.kind !== 'arp' && stage}
          {draft.kind === 'arp' && (
            <NativeSelect
              label={said.operation}
              value={draft.operation}
              data={(['request', 'reply'] as const).map((value) => ({ value, label: said.operations[value] }))}
              onChange={({ currentTarget }) => change({ operation: currentTarget.value as Draft['operation'] })}
            />
          )}
        </SimpleGrid>
      )}
      {draft.kind === 'frame' && stage}
    </Stack>
  );
}
