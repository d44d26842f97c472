import { useEffect, useRef } from 'react';
import type { EventName, Payload } from '../../shared/rpc/contract.ts';
import { useClient } from './client-context.ts';

/** Listens to an event as long as the component stands. */
export function useHappening<E extends EventName>(event: E, listener: (payload: Payload<E>) => void): void {
  const client = useClient();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => client.on(event, (payload) => latest.current(payload)), [client, event]);
}
