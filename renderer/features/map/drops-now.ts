import type { Payload } from '../../../shared/rpc/contract.ts';
import type { Machine } from '../../../shared/rpc/machine.ts';
import { idOf } from './map-graph.ts';

export interface DropsAt {
  /** Since the map is looked at. */
  readonly packets: number;
  /** Of the last one, in milliseconds since 1970. */
  readonly at: number;
  /** Some came just now. */
  readonly isNow: boolean;
}

/** By the id of the node at which they are dropped. */
export type DropsNow = Readonly<Record<string, DropsAt>>;

/** So many milliseconds after its last packet, a node no longer counts as one where something is dropped. */
export const quietAfter = 8000;

type Places = { readonly nics: readonly Pick<Machine['nics'][number], 'device'>[] };

/** Adds what the kernel has told of, each at its guest, else at its network. */
export function addDrops(before: DropsNow, { groups }: Payload<'drops.seen'>, { nics }: Places, now: number): DropsNow {
  const after: Record<string, DropsAt> = { ...before };
  for (const { device, network, count } of groups) {
    const isNic = nics.some((nic) => nic.device === device);
    if (!isNic && network === undefined) continue;
    const id = isNic ? idOf('nic', device) : idOf('network', network ?? '');
    after[id] = { packets: (after[id]?.packets ?? 0) + count, at: now, isNow: true };
  }
  return after;
}

/** The same where some have become quiet; the same object where nothing has. */
export function settleDrops(before: DropsNow, now: number): DropsNow {
  const isOver = ({ isNow, at }: DropsAt): boolean => isNow && now - at >= quietAfter;
  if (!Object.values(before).some(isOver)) return before;
  return Object.fromEntries(
    Object.entries(before).map(([id, each]) => [id, isOver(each) ? { ...each, isNow: false } : each]),
  );
}
