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
import { type Draft, type PresetName, presets } from './draft.ts';

const kinds = ['tcp', 'udp', 'icmp', 'arp', 'frame'] as const;
const presetNames: readonly PresetName[] = ['web', 'mail', 'ping', 'pose', 'arpLie', 'dhcpServer'];

interface PacketFormProps {
  readonly draft: Draft;
  /** An address of the guest's, for the examples. */
  readonly own: string;
  readonly onChange: (draft: Draft) => void;
}

type TextField = 'source' | 'sourcePort' | 'destination' | 'destinationPort' | 'type' | 'code';

/** What is sent: an example, or every field of it. */
export function PacketForm({ draft, own, onChange }: PacketFormProps) {
  const said = words.packet;
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const field = (name: TextField, label: string) => (
    <TextInput
      label={label}
      value={draft[name]}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
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
              onClick={() => change({ direction: 'out', ...presets(own)[name] })}
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
        onChange={(value) => change({ direction: value as Draft['direction'] })}
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
          onChange={({ currentTarget }) => change({ hex: currentTarget.value })}
        />
      ) : (
        <SimpleGrid cols={2}>
          {field('source', draft.kind === 'arp' ? said.sender : said.source)}
          {field('destination', draft.kind === 'arp' ? said.target : said.destination)}
          {hasPorts && field('sourcePort', `${said.source}: ${said.port}`)}
          {hasPorts && field('destinationPort', `${said.destination}: ${said.port}`)}
          {draft.kind === 'icmp' && field('type', said.type)}
          {draft.kind === 'icmp' && field('code', said.code)}
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
    </Stack>
  );
}
