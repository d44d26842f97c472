import { useEffect } from 'react';
import type { Machine } from '../../../shared/rpc/machine.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { useHappening } from '../../rpc/use-happening.ts';
import { addDrops, quietAfter, settleDrops } from './drops-now.ts';
import { useMapStore } from './map-store.ts';

/** Keeps what is dropped beside the map, as the kernel tells of it, while somebody looks. */
export function useWatchDrops({ nics, force }: Machine): void {
  const { data, refetch } = useAnswer('drops.follow', {}, { enabled: force !== 'unknown' });
  useHappening('drops.seen', (told) => {
    useMapStore.setState(({ drops }) => ({ drops: addDrops(drops, told, { nics }, Date.now()) }));
  });
  useEffect(() => {
    const timer = setInterval(() => {
      useMapStore.setState(({ drops }) => ({ drops: settleDrops(drops, Date.now()) }));
    }, quietAfter / 4);
    return () => clearInterval(timer);
  }, []);
  const seconds = data?.seconds;
  useEffect(() => {
    if (seconds === undefined) return undefined;
    // Well before it would end.
    const timer = setInterval(() => void refetch(), (seconds * 1000) / 3);
    return () => clearInterval(timer);
  }, [seconds, refetch]);
}
