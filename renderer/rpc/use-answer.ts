import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { MethodName, Params, Result } from '../../shared/rpc/contract.ts';
import { CallFailed } from './call-failed.ts';
import { useClient } from './client-context.ts';

interface AnswerOptions {
  /** False: not asked yet. */
  readonly enabled?: boolean;
  /** Shows the last answer until the next one is there. */
  readonly keepPrevious?: boolean;
  /** Asked anew each time: it is acted on, and may be otherwise by now. */
  readonly isFresh?: boolean;
}

/**
 * Asks a method that changes nothing, and keeps the answer under the method's name and its parameters. Answers are made stale by events
 * (see `EventBridge`), never by time.
 */
export function useAnswer<M extends MethodName>(
  method: M,
  params: Params<M>,
  { enabled = true, keepPrevious = false, isFresh = false }: AnswerOptions = {},
): UseQueryResult<Result<M>> {
  const client = useClient();
  return useQuery<Result<M>>({
    queryKey: [method, params],
    enabled,
    ...(isFresh && { gcTime: 0, meta: { isFresh } }),
    ...(keepPrevious && { placeholderData: (previous) => previous as never }),
    queryFn: async () => {
      const answer = await client.call(method, params);
      if (!answer.ok) throw new CallFailed(answer.failure);
      return answer.value;
    },
  });
}
