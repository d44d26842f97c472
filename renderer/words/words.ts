import { activity } from './activity.ts';
import { guests } from './guests.ts';
import { network } from './network.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';

/** Every word that a screen shows, by language in the end: no component has a sentence of its own. One file a feature; shell's are everybody's. */
export const words = { ...shell, ...network, ...guests, ...activity, ...settings } as const;
