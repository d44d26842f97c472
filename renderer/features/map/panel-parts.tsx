import { Alert, Anchor, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../../shared/rpc/machine.ts';
import { words } from '../../words/words.ts';
import { useMapStore } from './map-store.ts';
import { formatByteRate, rateOf } from './traffic-now.ts';

interface PanelSectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function PanelSection({ title, children }: PanelSectionProps) {
  return (
    <Stack gap={6} component="section">
      <Title order={3} size="h6">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <Stack gap={4} component="dl" m={0}>
      {facts.map(({ label, value }) => (
        <div key={label}>
          <Text component="dt" size="xs" c="dimmed">
            {label}
          </Text>
          <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </div>
      ))}
    </Stack>
  );
}

export function ProblemAlerts({ problems }: { readonly problems: readonly Problem[] }) {
  return problems.map(({ kind, severity, message, cure }) => (
    <Alert
      key={`${kind} ${message}`}
      color={severity === 'error' ? 'red' : 'orange'}
      icon={<IconAlertTriangle />}
      title={message}
    >
      {cure}
    </Alert>
  ));
}

interface TrafficLineProps {
  readonly devices: readonly string[];
  readonly say: (received: string, sent: string) => string;
}

/** What passes now, in a sentence. */
export function TrafficLine({ devices, say }: TrafficLineProps) {
  const text = useMapStore(({ traffic }) => {
    const { received, sent } = rateOf(traffic.rates, devices);
    return received + sent < 1 ? words.map.panel.noTraffic : say(formatByteRate(received), formatByteRate(sent));
  });
  return <Text size="sm">{text}</Text>;
}

interface LinkProps {
  readonly href: string;
  readonly children: string;
}

export function PanelLink({ href, children }: LinkProps) {
  return (
    <Anchor size="sm" href={href} underline="always">
      {children}
    </Anchor>
  );
}
