import { Button, List, Stack, Text } from '@mantine/core';
import { words } from '../../words/words.ts';
import type { MapNode } from './map-graph.ts';
import { useMapStore } from './map-store.ts';
import { TrafficLine } from './panel-parts.tsx';
import { sayCounts } from './say-counts.ts';

/** What stands before many guests that are drawn as one. */
export function GroupPanel({ group }: { readonly group: Extract<MapNode, { kind: 'group' }> }) {
  const { id, devices, counts } = group;
  const isOpen = useMapStore((store) => store.opened.has(id));
  const { toggle } = useMapStore.getState();
  const said = words.map;
  return (
    <Stack gap="md" align="flex-start">
      {!isOpen && <Text size="sm">{said.group.hidden}</Text>}
      <TrafficLine devices={devices} say={said.panel.groupTraffic} />
      <List size="sm">
        {sayCounts(counts).map((each) => (
          <List.Item key={each}>{each}</List.Item>
        ))}
      </List>
      <Button variant="default" size="xs" onClick={() => toggle(id)}>
        {isOpen ? said.group.hide : said.group.show}
      </Button>
    </Stack>
  );
}
