import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Result } from '../../shared/rpc/contract.ts';
import { useAnswer } from './use-answer.ts';

/** Has drops told (`drops.seen`) as long as the component stands: what was asked for ends by itself, and so is asked for again well before. */
export function useFollowDrops({ enabled = true } = {}): UseQueryResult<Result<'drops.follow'>> {
  const following = useAnswer('drops.follow', {}, { enabled });
  const { refetch } = following;
  const seconds = following.data?.seconds;
  useEffect(() => {
    if (seconds === undefined) return undefined;
    const timer = setInterval(() => void refetch(), (seconds * 1000) / 3);
    return () => clearInterval(timer);
  }, [seconds, refetch]);
  return following;
}
