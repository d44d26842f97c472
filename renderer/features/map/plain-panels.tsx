import { Stack, Text } from '@mantine/core';
import type { Machine, Uplink } from '../../../shared/rpc/machine.ts';
import { routeTo } from '../../shell/route.ts';
import { words } from '../../words/words.ts';
import type { MapNode } from './map-graph.ts';
import { Facts, PanelLink, PanelSection, ProblemAlerts, TrafficLine } from './panel-parts.tsx';
import { sayPlain } from './say-plain.ts';

const said = words.map.panel;
const families = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

export function UplinkPanel({ uplink }: { readonly uplink: Uplink }) {
  const { device, kind, up, addresses, gateways, defaultFor } = uplink;
  const names = defaultFor.map((family) => families[family]).join(', ');
  return (
    <Stack gap="md">
      <Text size="sm">{!up ? said.uplinkDown : names === '' ? said.uplinkOther : said.uplinkMain(names)}</Text>
      {/* Of a way out, received is what comes in from there. */}
      <TrafficLine devices={[device]} say={(received, sent) => said.uplinkTraffic(sent, received)} />
      <Facts
        facts={[
          { label: words.network.facts.kind, value: words.map.uplinks[kind] },
          { label: said.addresses, value: addresses.join(', ') || words.network.facts.none },
          { label: said.facts.gateways, value: gateways.join(', ') || words.network.facts.none },
        ]}
      />
    </Stack>
  );
}

export function HostPanel({ machine }: { readonly machine: Machine }) {
  const { ipv4, ipv6 } = machine.host.forwarding;
  const { forwarding } = said;
  const passes = ipv4 && ipv6 ? forwarding.both : ipv4 ? forwarding.ipv4 : ipv6 ? forwarding.ipv6 : forwarding.none;
  return (
    <Stack gap="md">
      <ProblemAlerts problems={machine.problems} />
      <Text size="sm">{passes}</Text>
      {machine.uplinks.length === 0 && <Text size="sm">{said.noUplink}</Text>}
      <PanelSection title={said.actions}>
        <PanelLink href={routeTo(['new-network'])}>{words.screens.newNetwork}</PanelLink>
        <PanelLink href={routeTo(['activity', 'health'])}>{said.health}</PanelLink>
      </PanelSection>
    </Stack>
  );
}

interface BridgePanelProps {
  readonly node: Extract<MapNode, { kind: 'bridge' | 'bridges' | 'apart' }>;
}

/** Where guests are that are on no network of Guestward's. */
export function BridgePanel({ node }: BridgePanelProps) {
  const { what, more } = sayPlain(node);
  if (node.kind === 'apart') {
    return (
      <Stack gap="md">
        <Text size="sm">{said.apart}</Text>
        <Facts facts={[{ label: said.facts.guests, value: words.map.guests(node.guests) }]} />
      </Stack>
    );
  }
  const devices = node.kind === 'bridge' ? [node.device] : node.devices;
  return (
    <Stack gap="md">
      <Text size="sm">{[what, ...more].join(', ')}</Text>
      <TrafficLine devices={devices} say={said.bridgeTraffic} />
      <Text size="sm">{said.foreign}</Text>
      <Facts facts={[{ label: said.facts.bridge, value: devices.join(', ') }]} />
    </Stack>
  );
}
