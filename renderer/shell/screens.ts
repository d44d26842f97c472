import {
  IconActivity,
  IconDeviceDesktop,
  IconFilter,
  IconMap2,
  IconRoute,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ComponentType, LazyExoticComponent } from 'react';
import { lazyPart } from '../ui/lazy-part.ts';
import { words } from '../words/words.ts';

export interface Screen {
  /** The first part of its route. */
  readonly part: string;
  readonly title: string;
  /** Those without one are reached from other screens. */
  readonly icon?: TablerIcon;
  readonly component: LazyExoticComponent<ComponentType>;
}

/** All screens, in the order of the navigation; the first is home. Each is loaded when it is first shown. */
export const screens: readonly Screen[] = [
  {
    part: 'map',
    title: words.screens.map,
    icon: IconMap2,
    component: lazyPart(async () => (await import('../features/map/map-screen.tsx')).MapScreen),
  },
  {
    part: 'guests',
    title: words.screens.guests,
    icon: IconDeviceDesktop,
    component: lazyPart(async () => (await import('../features/guests/guests-screen.tsx')).GuestsScreen),
  },
  {
    part: 'filters',
    title: words.screens.filters,
    icon: IconFilter,
    component: lazyPart(async () => (await import('../features/filters/filters-screen.tsx')).FiltersScreen),
  },
  {
    part: 'packet',
    title: words.screens.packet,
    icon: IconRoute,
    component: lazyPart(async () => (await import('../features/packet/packet-screen.tsx')).PacketScreen),
  },
  {
    part: 'activity',
    title: words.screens.activity,
    icon: IconActivity,
    component: lazyPart(async () => (await import('../features/activity/activity-screen.tsx')).ActivityScreen),
  },
  {
    part: 'settings',
    title: words.screens.settings,
    icon: IconSettings,
    component: lazyPart(async () => (await import('../features/settings/settings-screen.tsx')).SettingsScreen),
  },
  {
    part: 'new-network',
    title: words.screens.newNetwork,
    component: lazyPart(async () => (await import('../features/new-network/new-network-screen.tsx')).NewNetworkScreen),
  },
  {
    part: 'network',
    title: words.screens.network,
    component: lazyPart(async () => (await import('../features/network/network-screen.tsx')).NetworkScreen),
  },
];
