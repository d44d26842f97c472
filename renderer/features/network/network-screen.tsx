import { Alert, Badge, Group, Tabs, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleOff, IconNetworkOff, IconRefreshAlert } from '@tabler/icons-react';
import type { NetworkSummary } from '../../../shared/rpc/machine.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { goTo, useRoute } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { words } from '../../words/words.ts';
import { DefinitionTab } from './definition-tab.tsx';
import { ForwardsTab } from './forwards-tab.tsx';
import { LeasesTab } from './leases-tab.tsx';
import { NamesTab } from './names-tab.tsx';
import { NetworkActions } from './network-actions.tsx';
import { OpeningsTab } from './openings-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { RulesTab } from './rules-tab.tsx';

const tabs = {
  overview: OverviewTab,
  leases: LeasesTab,
  openings: OpeningsTab,
  forwards: ForwardsTab,
  names: NamesTab,
  rules: RulesTab,
  definition: DefinitionTab,
} as const;
const tabNames = Object.keys(tabs) as readonly (keyof typeof tabs)[];

function State({ started }: { readonly started: boolean }) {
  const { lead } = words.network;
  return (
    <Group gap="xs">
      <Badge
        variant="light"
        tt="none"
        color={started ? 'teal' : 'gray'}
        leftSection={started ? <IconCircleCheck size={14} aria-hidden /> : <IconCircleOff size={14} aria-hidden />}
      >
        {started ? lead.started : lead.stopped}
      </Badge>
      <Text size="sm">{started ? lead.startedHint : lead.stoppedHint}</Text>
    </Group>
  );
}

function Details({ summary }: { readonly summary: NetworkSummary }) {
  const { query } = useRoute();
  const asked = tabNames.find((tab) => tab === query['tab']) ?? 'overview';
  const answer = useAnswer('network.read', { name: summary.name });
  return (
    <Answered answer={answer}>
      {(details) => (
        <Tabs
          value={asked}
          onChange={(tab) => goTo(['network', summary.name], { tab: tab ?? 'overview' })}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            {tabNames.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {words.network.tabs[each]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tabNames.map((each) => {
            const Tab = tabs[each];
            return (
              <Tabs.Panel key={each} value={each}>
                <Tab summary={summary} details={details} />
              </Tabs.Panel>
            );
          })}
        </Tabs>
      )}
    </Answered>
  );
}

/** One network: how it does, who is on it, what leads in and out, and what it is made of. */
export function NetworkScreen() {
  const name = useRoute().parts[1] ?? '';
  const machine = useAnswer('machine.read', {});
  return (
    <Answered answer={machine}>
      {({ networks, force }) => {
        const summary = networks.find((each) => each.name === name);
        if (summary === undefined) {
          return (
            <Page title={name}>
              {force === 'unknown' ? (
                <FailureNotice failure={{ kind: 'needs-rights', message: words.network.needsRightsHint }} />
              ) : (
                <EmptyState
                  icon={IconNetworkOff}
                  title={words.network.notFound(name)}
                  hint={words.network.notFoundHint}
                />
              )}
            </Page>
          );
        }
        return (
          <Page
            title={summary.title ?? name}
            lead={<State started={summary.started} />}
            actions={<NetworkActions summary={summary} />}
          >
            {summary.changesAtRestart && (
              <Alert color="yellow" icon={<IconRefreshAlert />} mb="md">
                {words.network.restartNeeded}
              </Alert>
            )}
            <Details key={name} summary={summary} />
          </Page>
        );
      }}
    </Answered>
  );
}
