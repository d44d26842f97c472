import { createContext, useContext } from 'react';
import type { Client } from '../../shared/rpc/contract.ts';

const ClientContext = createContext<Client | undefined>(undefined);

export const ClientProvider = ClientContext.Provider;

/** The way to the main side, whichever transport it has. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('useClient stands outside of ClientProvider');
  return client;
}
