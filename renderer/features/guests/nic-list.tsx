import { Badge, Box, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconShield, IconShieldOff } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { Nic } from '../../../shared/rpc/machine.ts';
import { routeTo } from '../../shell/route.ts';
import { words } from '../../words/words.ts';
import { nicTitle } from './choose-nics.ts';
import './guests.css';

const rowHeight = 76;

function FilterBadge({ nic }: { readonly nic: Nic }) {
  const said = words.guests;
  if (nic.problems.length > 0) {
    return (
      <Badge color="orange" variant="light" tt="none" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
        {said.trouble}
      </Badge>
    );
  }
  const { filter } = nic;
  return (
    <Badge
      color={filter === undefined ? 'gray' : 'teal'}
      variant="light"
      tt="none"
      leftSection={
        filter === undefined ? <IconShieldOff size={12} aria-hidden /> : <IconShield size={12} aria-hidden />
      }
    >
      {filter === undefined ? said.unfiltered : filter.name}
    </Badge>
  );
}

interface NicListProps {
  readonly nics: readonly Nic[];
  /** The device that is shown. */
  readonly chosen: string | undefined;
}

/** NICs as links to what is known of them; of a thousand only those in sight are drawn. */
export function NicList({ nics, chosen }: NicListProps) {
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: nics.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  return (
    <Box ref={frame} className="nic-frame" tabIndex={-1}>
      <ul className="nic-list" aria-label={words.guests.list} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const nic = nics[index];
          if (nic === undefined) return null;
          const { device, hypervisor, network, addresses } = nic;
          const more = [device, hypervisor?.name, network, addresses[0]?.address];
          return (
            <li
              key={device}
              className="nic-item"
              aria-setsize={nics.length}
              aria-posinset={index + 1}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            >
              <a
                className="nic-link"
                href={routeTo(['guests', device])}
                {...(device === chosen && { 'aria-current': 'true' as const })}
              >
                <Group justify="space-between" wrap="nowrap" gap="xs">
                  <Text fw={600} truncate>
                    {nicTitle(nic)}
                  </Text>
                  <FilterBadge nic={nic} />
                </Group>
                <Text size="sm" c="dimmed" truncate>
                  {more.filter((each) => each !== undefined).join(' · ')}
                </Text>
              </a>
            </li>
          );
        })}
      </ul>
    </Box>
  );
}
