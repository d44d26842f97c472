import { Tabs } from '@mantine/core';
import { goTo, useRoute } from '../../shell/route.ts';
import { Page } from '../../ui/page.tsx';
import { words } from '../../words/words.ts';
import { ChangesTab } from './changes-tab.tsx';
import { DropsTab } from './drops-tab.tsx';
import { HealthTab } from './health-tab.tsx';

const tabs = { changes: ChangesTab, drops: DropsTab, health: HealthTab } as const;
type TabName = keyof typeof tabs;

const isTab = (name: string | undefined): name is TabName => name !== undefined && Object.hasOwn(tabs, name);
const names = Object.keys(tabs) as readonly TabName[];

/** What was changed, what was dropped, and what is in the way: `#/activity`, `#/activity/drops`, `#/activity/health`. */
export function ActivityScreen() {
  const { parts } = useRoute();
  const here = isTab(parts[1]) ? parts[1] : 'changes';
  return (
    <Page title={words.screens.activity} lead={words.activity.lead}>
      <Tabs value={here} onChange={(name) => goTo(['activity', name ?? 'changes'])} keepMounted={false}>
        <Tabs.List mb="md">
          {names.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {words.activity.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {names.map((name) => {
          const Tab = tabs[name];
          return (
            <Tabs.Panel key={name} value={name}>
              <Tab />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </Page>
  );
}
