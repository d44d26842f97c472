import { useEffect } from 'react';
import type { Machine } from '../../../shared/rpc/machine.ts';
import { useFollowDrops } from '../../rpc/use-follow-drops.ts';
import { useHappening } from '../../rpc/use-happening.ts';
import { addDrops, quietAfter, settleDrops } from './drops-now.ts';
import { useMapStore } from './map-store.ts';

/** Keeps what is dropped beside the map, as the kernel tells of it, while somebody looks. */
export function useWatchDrops({ nics, force }: Machine): void {
  useFollowDrops({ enabled: force !== 'unknown' });
  useHappening('drops.seen', (told) => {
    useMapStore.setState(({ drops }) => ({ drops: addDrops(drops, told, { nics }, Date.now()) }));
  });
  useEffect(() => {
    const timer = setInterval(() => {
      useMapStore.setState(({ drops }) => ({ drops: settleDrops(drops, Date.now()) }));
    }, quietAfter / 4);
    return () => clearInterval(timer);
  }, []);
}
