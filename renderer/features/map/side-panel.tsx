import { Badge, CloseButton, Group, Stack, Title } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import type { Machine } from '../../../shared/rpc/machine.ts';
import { words } from '../../words/words.ts';
import { nicTitle } from '../guests/choose-nics.ts';
import { GroupPanel } from './group-panel.tsx';
import { hostId, idOf, mapGraph } from './map-graph.ts';
import { partOf, useMapStore } from './map-store.ts';
import { NetworkPanel } from './network-panel.tsx';
import { NicPanel } from './nic-panel.tsx';
import { BridgePanel, HostPanel, UplinkPanel } from './plain-panels.tsx';
import { sayPlain } from './say-plain.ts';

const said = words.map.panel;

interface Shown {
  readonly title: string;
  readonly kind: string;
  readonly body: ReactNode;
}

/** What a node's panel says, by what the machine is now; undefined where it is gone. */
function show(machine: Machine, id: string): Shown | undefined {
  const [kind, name] = partOf(id);
  switch (kind) {
    case 'nic': {
      const nic = machine.nics.find(({ device }) => device === name);
      return nic && { title: nicTitle(nic), kind: said.kinds.nic, body: <NicPanel nic={nic} machine={machine} /> };
    }
    case 'network': {
      const network = machine.networks.find((each) => each.name === name);
      return (
        network && {
          title: network.title ?? name,
          kind: said.kinds.network,
          body: <NetworkPanel network={network} machine={machine} />,
        }
      );
    }
    case 'uplink': {
      const uplink = machine.uplinks.find(({ device }) => device === name);
      return uplink && { title: name, kind: said.kinds.uplink, body: <UplinkPanel uplink={uplink} /> };
    }
    case hostId:
      return { title: machine.host.name, kind: said.kinds.host, body: <HostPanel machine={machine} /> };
    default: {
      const node = mapGraph(machine, new Set()).nodes.find((each) => each.id === id);
      if (node?.kind === 'group') {
        const title = words.map.group.name(node.devices.length, node.isRest);
        return { title, kind: said.kinds.group, body: <GroupPanel group={node} /> };
      }
      if (node?.kind === 'bridge' || node?.kind === 'bridges' || node?.kind === 'apart') {
        return { title: sayPlain(node).name, kind: said.kinds[node.kind], body: <BridgePanel node={node} /> };
      }
      const bridge = machine.foreignBridges.find(({ device }) => idOf('bridge', device) === id);
      return (
        bridge && {
          title: name,
          kind: said.kinds.bridge,
          body: <BridgePanel node={{ kind: 'bridge', id, guests: 0, ...bridge }} />,
        }
      );
    }
  }
}

/** What may pass at the node or line that was chosen. Escape closes it, and leads back to where it was opened. */
export function SidePanel({ machine, id }: { readonly machine: Machine; readonly id: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { dismiss } = useMapStore.getState();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another node is another heading to be read.
  useEffect(() => heading.current?.focus({ preventScroll: innerWidth >= 992 }), [id]);
  const shown = show(machine, id);
  const title = shown?.title ?? partOf(id)[1];

  function onKeyDown(event: KeyboardEvent): void {
    // A menu of the panel's has closed itself by it already.
    if (event.key === 'Escape' && !event.defaultPrevented) dismiss();
  }
  return (
    <aside className="map-panel" aria-labelledby="map-panel-title" onKeyDown={onKeyDown}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Stack gap={4}>
            <Badge variant="light" color="gray" tt="none">
              {shown?.kind ?? ''}
            </Badge>
            <Title order={2} size="h4" id="map-panel-title" ref={heading} tabIndex={-1}>
              {said.title(title)}
            </Title>
          </Stack>
          <CloseButton aria-label={said.close} onClick={dismiss} />
        </Group>
        {shown?.body ?? said.gone}
      </Stack>
    </aside>
  );
}
