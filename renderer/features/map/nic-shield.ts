import type { Machine, Nic } from '../../../shared/rpc/machine.ts';

/** Whether a filter stands before a NIC. fails: it should and does not. waits: for the device. unknown: only root may read it. */
export type Shield = 'unknown' | 'open' | 'holds' | 'waits' | 'fails';

export function nicShield({ filter, problems, present }: Nic, force: Machine['force']): Shield {
  if (filter === undefined) return force === 'unknown' ? 'unknown' : 'open';
  if (force === 'lost' || problems.some(({ severity }) => severity === 'error')) return 'fails';
  return !present || problems.length > 0 ? 'waits' : 'holds';
}
