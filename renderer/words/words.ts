import { activity } from './activity.ts';
import { filterLanguage } from './filter-language.ts';
import { filters } from './filters.ts';
import { guests } from './guests.ts';
import { map } from './map.ts';
import { network } from './network.ts';
import { newNetwork } from './new-network.ts';
import { openedFiles } from './opened-files.ts';
import { packet } from './packet.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';

/** Every word that a screen shows, by language in the end: no component has a sentence of its own. One file a feature; shell's are everybody's. */
export const words = {
  ...shell,
  ...network,
  ...guests,
  ...activity,
  filterLanguage,
  filters,
  map,
  newNetwork,
  openedFiles,
  packet,
  ...settings,
} as const;
