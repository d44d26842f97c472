import { changeMac } from './change-mac.ts';
import { lieInArp } from './lie-in-arp.ts';
import { plainTalk } from './plain-talk.ts';
import type { Play } from './play.ts';
import { playDhcpServer } from './play-dhcp-server.ts';
import { takeAddress } from './take-address.ts';

/** The whole evening, in order. */
export const allPlays: readonly Play[] = [plainTalk, takeAddress, lieInArp, changeMac, playDhcpServer];
