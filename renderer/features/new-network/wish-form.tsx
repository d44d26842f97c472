import { Alert, Group, Radio, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconWifi } from '@tabler/icons-react';
import type { NetworkKind } from '../../../shared/rpc/machine.ts';
import type { Proposal, Wish } from '../../../shared/rpc/new-network.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { words } from '../../words/words.ts';
import { KindDrawing } from './kind-drawing.tsx';
import { SubnetBars } from './subnet-bars.tsx';

const kinds: readonly NetworkKind[] = ['nat', 'isolated', 'route', 'lan', 'bridge', 'open'];

interface WishFormProps {
  readonly wish: Wish;
  readonly proposal: Proposal | undefined;
  readonly onChange: (wish: Wish) => void;
}

/** Everything that can be chosen otherwise than it is proposed. */
export function WishForm({ wish, proposal, onChange }: WishFormProps) {
  const { fields } = words.newNetwork;
  const kind = wish.kind ?? 'nat';
  const uplinks = useAnswer('machine.read', {}).data?.uplinks ?? [];
  const isOwn = kind !== 'lan' && kind !== 'bridge';
  const isWireless = proposal?.wirelessUplink === true;
  const ways = kind === 'bridge' ? (proposal?.bridges ?? []) : uplinks.map(({ device }) => device);
  return (
    <Stack gap="lg">
      <TextInput
        label={fields.name}
        description={fields.nameHint}
        placeholder={proposal?.name ?? ''}
        value={wish.name ?? ''}
        onChange={({ currentTarget }) => onChange({ ...wish, name: currentTarget.value })}
      />
      <Radio.Group
        label={fields.kind}
        value={kind}
        onChange={(value) => onChange({ ...wish, kind: value as NetworkKind, subnet: undefined, uplink: undefined })}
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs">
          {kinds.map((each) => (
            <Radio.Card key={each} value={each} p="sm" disabled={each === 'bridge' && isWireless}>
              <Stack gap={6} h="100%" justify="flex-start">
                <Group gap="xs">
                  <Radio.Indicator />
                  <Text fw={600} size="sm">
                    {words.kinds[each]}
                  </Text>
                </Group>
                <KindDrawing kind={each} />
                <Text size="sm" c="dimmed">
                  {words.newNetwork.kinds[each]}
                </Text>
              </Stack>
            </Radio.Card>
          ))}
        </SimpleGrid>
      </Radio.Group>
      {isWireless && (
        <Alert icon={<IconWifi />} color="blue">
          {words.newNetwork.wireless}
        </Alert>
      )}
      {isOwn && (
        <>
          <TextInput
            label={fields.subnet}
            description={fields.subnetHint}
            placeholder={proposal?.subnet ?? ''}
            value={wish.subnet ?? ''}
            onChange={({ currentTarget }) => onChange({ ...wish, subnet: currentTarget.value })}
          />
          {proposal !== undefined && <SubnetBars taken={proposal.taken} subnet={proposal.subnet} />}
          <Switch
            label={fields.dhcp}
            checked={wish.dhcp ?? true}
            onChange={({ currentTarget }) => onChange({ ...wish, dhcp: currentTarget.checked })}
          />
          {(wish.dhcp ?? true) && (
            <SimpleGrid cols={2}>
              {(['first', 'last'] as const).map((end) => (
                <TextInput
                  key={end}
                  label={fields[end]}
                  placeholder={proposal?.dhcp?.[end] ?? ''}
                  value={wish.range?.[end] ?? ''}
                  onChange={({ currentTarget: { value } }) =>
                    onChange({ ...wish, range: { first: '', last: '', ...wish.range, [end]: value } })
                  }
                />
              ))}
            </SimpleGrid>
          )}
          <TextInput
            label={fields.domain}
            description={fields.domainHint}
            placeholder={proposal?.domain ?? ''}
            value={wish.domain ?? ''}
            onChange={({ currentTarget }) => onChange({ ...wish, domain: currentTarget.value })}
          />
          <Switch
            label={fields.ipv6}
            checked={wish.ipv6 ?? true}
            onChange={({ currentTarget }) => onChange({ ...wish, ipv6: currentTarget.checked })}
          />
        </>
      )}
      {kind !== 'isolated' && (
        <Select
          label={kind === 'bridge' ? fields.bridge : fields.uplink}
          description={kind === 'bridge' ? undefined : fields.uplinkHint}
          placeholder={fields.anyUplink}
          data={[...ways]}
          value={wish.uplink ?? null}
          clearable
          onChange={(value) => onChange({ ...wish, uplink: value ?? undefined })}
        />
      )}
    </Stack>
  );
}
