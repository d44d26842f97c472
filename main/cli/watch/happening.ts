import type { Healing } from '../../../shared/plan/healing.ts';
import type { Look, SeenLease } from './look.ts';

/** Something that has become otherwise between two looks. */
export type Happening =
  | {
      readonly what: 'link';
      readonly device: string;
      readonly change: 'appeared' | 'gone' | 'up' | 'down' | 'joined' | 'left';
      /** The bridge that it joined or left. */
      readonly bridge?: string;
    }
  | { readonly what: 'network'; readonly network: string; readonly change: 'started' | 'stopped' }
  | ({ readonly what: 'lease'; readonly change: 'given' | 'over' } & SeenLease)
  | ({ readonly what: 'change' } & Omit<Look['journal'][number], 'at'>)
  | { readonly what: 'healing'; readonly healing: Healing }
  | { readonly what: 'rules'; readonly force: Look['force'] }
  | {
      readonly what: 'drops';
      readonly packets: number;
      /** The busiest first. */
      readonly rules: readonly { readonly name: string; readonly packets: number }[];
    };
