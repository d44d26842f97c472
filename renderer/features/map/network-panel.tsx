import { Stack, Text } from '@mantine/core';
import type { Machine, NetworkSummary } from '../../../shared/rpc/machine.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { routeTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { words } from '../../words/words.ts';
import { idOf } from './map-graph.ts';
import { useMapStore } from './map-store.ts';
import { Facts, PanelLink, PanelSection, ProblemAlerts, TrafficLine } from './panel-parts.tsx';
import { ReachList } from './reach-list.tsx';

const said = words.map.panel;

function Passes({ network }: { readonly network: NetworkSummary }) {
  const details = useAnswer('network.read', { name: network.name });
  const isJudged = network.kind !== 'open' && network.kind !== 'bridge';
  return (
    <Answered answer={details}>
      {({ reach, openings, forwards }) => (
        <>
          <PanelSection title={said.guestsReach}>
            <Text size="sm">{words.newNetwork.kinds[network.kind]}</Text>
            {isJudged ? <ReachList reach={reach} /> : <Text size="sm">{said.unjudged}</Text>}
            <Text size="sm">{openings === null ? said.openingsAny : said.openings(openings.length)}</Text>
          </PanelSection>
          <PanelSection title={said.inward}>
            <Text size="sm">{said.forwards(forwards.length)}</Text>
          </PanelSection>
        </>
      )}
    </Answered>
  );
}

interface NetworkPanelProps {
  readonly network: NetworkSummary;
  readonly machine: Machine;
}

/** Whom the guests of a network reach, and who reaches them. */
export function NetworkPanel({ network, machine }: NetworkPanelProps) {
  const { name, kind, started, bridge, addresses, uplink, problems } = network;
  const drops = useMapStore((store) => store.drops[idOf('network', name)]?.packets ?? 0);
  const guests = machine.nics.filter((nic) => nic.network === name).length;
  return (
    <Stack gap="md">
      <ProblemAlerts problems={problems} />
      {started ? (
        <TrafficLine devices={bridge === undefined ? [] : [bridge]} say={said.bridgeTraffic} />
      ) : (
        <Text size="sm">{said.isStopped}</Text>
      )}
      {drops > 0 && <Text size="sm">{said.networkDrops(drops)}</Text>}
      <Passes network={network} />
      <Facts
        facts={[
          { label: words.network.facts.kind, value: `${words.kinds[kind]}: ${words.map.ways[kind]}` },
          { label: said.facts.subnet, value: addresses.join(', ') || words.network.facts.none },
          { label: said.facts.bridge, value: bridge ?? words.network.facts.none },
          ...(kind === 'isolated' ? [] : [{ label: said.facts.leavesBy, value: uplink ?? said.leavesAnyhow }]),
          { label: said.facts.guests, value: guests === 0 ? words.map.noGuests : words.map.guests(guests) },
        ]}
      />
      <PanelSection title={said.actions}>
        <PanelLink href={routeTo(['network', name])}>{said.openNetwork}</PanelLink>
        <PanelLink href={routeTo(['network', name], { tab: 'openings' })}>{words.network.tabs.openings}</PanelLink>
        <PanelLink href={routeTo(['network', name], { tab: 'forwards' })}>{words.network.tabs.forwards}</PanelLink>
      </PanelSection>
    </Stack>
  );
}
