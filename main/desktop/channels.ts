import type { EventName } from '../../shared/rpc/contract.ts';

/** What window and main process call each other by. */
export const callChannel = 'guestward:call';
export const eventChannel = (event: EventName) => `guestward:event:${event}` as const;
