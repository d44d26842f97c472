import { Tabs } from '@mantine/core';
import { goTo, useRoute } from '../../shell/route.ts';
import { Page } from '../../ui/page.tsx';
import { words } from '../../words/words.ts';
import { ChangesTab } from './changes-tab.tsx';
import { DropsTab } from './drops-tab.tsx';
import { HealthTab } from './health-tab.tsx';

const tabs = ['changes', 'drops', 'health'] as const;

/** What has happened, and what is wrong. */
export function ActivityScreen() {
  const { parts } = useRoute();
  const open = tabs.find((tab) => tab === parts[1]) ?? 'changes';
  return (
    <Page title={words.screens.activity} lead={words.activity.lead}>
      <Tabs value={open} onChange={(tab) => goTo(['activity', tab ?? 'changes'])} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {words.activity.tabs[tab]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="changes">
          <ChangesTab />
        </Tabs.Panel>
        <Tabs.Panel value="drops">
          <DropsTab />
        </Tabs.Panel>
        <Tabs.Panel value="health">
          <HealthTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
