import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconBrightness,
  IconDeviceDesktop,
  IconHeartCheck,
  IconNetwork,
  IconPlus,
  IconSearch,
  IconShield,
} from '@tabler/icons-react';
import { useAnswer } from '../rpc/use-answer.ts';
import { words } from '../words/words.ts';
import { goTo } from './route.ts';
import { screens } from './screens.ts';

/** Everything that can be gone to, by a few letters (Ctrl K). */
export function CommandPalette() {
  const machine = useAnswer('machine.read', {}).data;
  const filters = useAnswer('filters.list', {}).data?.filters ?? [];
  const { setColorScheme } = useMantineColorScheme();
  const groups: SpotlightActionGroupData[] = [
    {
      group: words.palette.commands,
      actions: [
        {
          id: 'new-network',
          label: words.screens.newNetwork,
          leftSection: <IconPlus size={18} aria-hidden />,
          onClick: () => goTo(['new-network']),
        },
        {
          id: 'examine',
          label: words.palette.examine,
          leftSection: <IconHeartCheck size={18} aria-hidden />,
          onClick: () => goTo(['activity', 'health']),
        },
        ...(['light', 'dark', 'auto'] as const).map((scheme) => ({
          id: `theme ${scheme}`,
          label: words.palette.themes[scheme],
          leftSection: <IconBrightness size={18} aria-hidden />,
          onClick: () => setColorScheme(scheme),
        })),
      ],
    },
    {
      group: words.palette.screens,
      actions: screens.flatMap(({ part, title, icon: Icon }) =>
        Icon === undefined
          ? []
          : [{ id: part, label: title, leftSection: <Icon size={18} aria-hidden />, onClick: () => goTo([part]) }],
      ),
    },
    {
      group: words.palette.networks,
      actions: (machine?.networks ?? []).map(({ name, kind }) => ({
        id: `network ${name}`,
        label: name,
        description: words.kinds[kind],
        leftSection: <IconNetwork size={18} aria-hidden />,
        onClick: () => goTo(['network', name]),
      })),
    },
    {
      group: words.palette.guests,
      actions: (machine?.nics ?? []).map(({ device, hypervisor, port, mac }) => ({
        id: `nic ${device}`,
        label: hypervisor?.guest ?? port?.guest ?? device,
        description: [device, mac].filter((each) => each !== undefined).join(' · '),
        leftSection: <IconDeviceDesktop size={18} aria-hidden />,
        onClick: () => goTo(['guests', device]),
      })),
    },
    {
      group: words.palette.filters,
      actions: filters.map(({ name, purpose }) => ({
        id: `filter ${name}`,
        label: name,
        ...(purpose !== undefined && { description: purpose }),
        leftSection: <IconShield size={18} aria-hidden />,
        onClick: () => goTo(['filters', name]),
      })),
    },
  ];
  return (
    <Spotlight
      actions={groups.filter(({ actions }) => actions.length > 0)}
      shortcut={['mod + K', '/']}
      nothingFound={words.palette.nothing}
      highlightQuery
      limit={12}
      searchProps={{
        placeholder: words.palette.placeholder,
        'aria-label': words.navigation.palette,
        leftSection: <IconSearch size={18} aria-hidden />,
      }}
    />
  );
}
