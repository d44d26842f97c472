import type { TablerIcon } from '@tabler/icons-react';
import type { ComponentType, LazyExoticComponent } from 'react';

export interface Screen {
  /** The first part of its route. */
  readonly part: string;
  readonly title: string;
  /** Those without one are reached from other screens. */
  readonly icon?: TablerIcon;
  readonly component: LazyExoticComponent<ComponentType>;
}

/** All screens, in the order of the navigation; the first is home. Each is loaded when it is first shown. */
export const screens: readonly Screen[] = [];
