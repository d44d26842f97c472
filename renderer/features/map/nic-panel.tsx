import { Button, List, Menu, Stack, Text } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import type { Machine, NetworkSummary, Nic } from '../../../shared/rpc/machine.ts';
import { usePropose } from '../../change/use-propose.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { routeTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { words } from '../../words/words.ts';
import { protections, protectionsOf } from '../guests/compose-filter.ts';
import { forwardsTo } from './forwards-to.ts';
import { idOf } from './map-graph.ts';
import { useMapStore } from './map-store.ts';
import { nicShield } from './nic-shield.ts';
import { Facts, PanelLink, PanelSection, ProblemAlerts, TrafficLine } from './panel-parts.tsx';
import { ReachList } from './reach-list.tsx';

const said = words.map.panel;

/** What the filter stops, in words: the switches that wrote it, else what its author says of it. */
function Stops({ device, filter }: { readonly device: string; readonly filter: string }) {
  const answer = useAnswer('filters.read', { name: filter });
  return (
    <Answered answer={answer}>
      {({ text, summary }) => {
        const known = protectionsOf(device, filter, text);
        const wanted = protections.filter((each) => known?.[each] === true);
        if (wanted.length === 0) return <Text size="sm">{summary.purpose ?? ''}</Text>;
        return (
          <List size="sm">
            {wanted.map((each) => (
              <List.Item key={each}>{words.guests.switches[each].join(': ')}</List.Item>
            ))}
          </List>
        );
      }}
    </Answered>
  );
}

function FilterSection({ nic, machine }: NicPanelProps) {
  const drops = useMapStore((store) => store.drops[idOf('nic', nic.device)]?.packets ?? 0);
  const shield = nicShield(nic, machine.force);
  const name = nic.filter?.name ?? '';
  const sentence = {
    unknown: said.unknownFilter,
    open: said.noFilter,
    holds: said.holdsFilter(name),
    waits: said.waitsFilter(name),
    fails: machine.force === 'lost' ? said.lost : said.failsFilter(name),
  }[shield];
  return (
    <PanelSection title={said.filter}>
      <Text size="sm">{sentence}</Text>
      {nic.filter !== undefined && shield !== 'fails' && <Stops device={nic.device} filter={name} />}
      {drops > 0 && <Text size="sm">{said.drops(drops)}</Text>}
    </PanelSection>
  );
}

const isJudged = ({ kind }: NetworkSummary): boolean => kind !== 'open' && kind !== 'bridge';

function OnNetwork({ nic, network }: { readonly nic: Nic; readonly network: NetworkSummary }) {
  const { name, kind, started } = network;
  const details = useAnswer('network.read', { name }, { enabled: started });
  const { map } = words;
  return (
    <>
      <Text size="sm">{said.onNetwork(network.title ?? name, words.kinds[kind], map.ways[kind])}</Text>
      {!started && <Text size="sm">{said.isStopped}</Text>}
      {started && !isJudged(network) && <Text size="sm">{said.unjudged}</Text>}
      {started && (
        <Answered answer={details}>
          {({ reach, forwards }) => (
            <>
              {isJudged(network) && <ReachList reach={reach} />}
              {forwardsTo(nic, forwards).map(({ protocol, hostPorts, guestPorts }) => (
                <Text size="sm" key={`${protocol} ${hostPorts.low}`}>
                  {said.forwardHere(`${protocol}/${showPorts(hostPorts)}`, showPorts(guestPorts))}
                </Text>
              ))}
            </>
          )}
        </Answered>
      )}
    </>
  );
}

const showPorts = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  low === high ? `${low}` : `${low}-${high}`;

function Place({ nic, machine }: NicPanelProps) {
  const network = machine.networks.find(({ name }) => name === nic.network);
  if (network !== undefined) return <OnNetwork nic={nic} network={network} />;
  if (nic.bridge === undefined) return <Text size="sm">{said.onNothing}</Text>;
  const owner = machine.foreignBridges.find(({ device }) => device === nic.bridge)?.owner ?? 'other';
  return <Text size="sm">{said.onBridge(nic.bridge, words.map.owners[owner])}</Text>;
}

/** What dragging it onto another network does, for the keyboard. */
function MoveMenu({ nic, machine }: NicPanelProps) {
  const propose = usePropose();
  const others = machine.networks.filter(({ name }) => name !== nic.network);
  if (others.length === 0) return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconArrowsExchange size={14} aria-hidden />}>
          {said.move}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ name, title }) => (
          <Menu.Item key={name} onClick={() => propose([{ action: 'move-nic', device: nic.device, network: name }])}>
            {said.moveTo(title ?? name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface NicPanelProps {
  readonly nic: Nic;
  readonly machine: Machine;
}

/** What may pass between a guest and its network, and why. */
export function NicPanel({ nic, machine }: NicPanelProps) {
  const { device, mac, addresses, hypervisor, filter, problems, network } = nic;
  const from = words.guests.facts.from;
  return (
    <Stack gap="md">
      <ProblemAlerts problems={problems} />
      <TrafficLine devices={[device]} say={said.traffic} />
      <FilterSection nic={nic} machine={machine} />
      <PanelSection title={network === undefined ? words.screens.network : said.network(network)}>
        <Place nic={nic} machine={machine} />
      </PanelSection>
      <Facts
        facts={[
          {
            label: said.addresses,
            value:
              addresses.map(({ address, from: source }) => `${address} (${from[source]})`).join(', ') || said.notKnown,
          },
          { label: said.facts.device, value: device },
          { label: said.facts.mac, value: mac ?? said.notKnown },
          { label: said.facts.runBy, value: hypervisor?.name ?? said.notKnown },
        ]}
      />
      <PanelSection title={said.actions}>
        <PanelLink href={routeTo(['guests', device])}>{said.openGuest}</PanelLink>
        {filter !== undefined && (
          <>
            <PanelLink href={routeTo(['packet'], { device })}>{said.tryPacket}</PanelLink>
            <PanelLink href={routeTo(['filters', filter.name])}>{said.filterText}</PanelLink>
          </>
        )}
        {network !== undefined && <PanelLink href={routeTo(['network', network])}>{said.openNetwork}</PanelLink>}
        <MoveMenu nic={nic} machine={machine} />
      </PanelSection>
    </Stack>
  );
}
