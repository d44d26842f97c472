import { randomUUID } from 'node:crypto';
import type { Handlers } from '../../../shared/rpc/contract.ts';
import type { newNetworkMethods } from '../../../shared/rpc/new-network.ts';
import { hostNetworks } from '../../engine/host.ts';
import type { AppSession } from '../session.ts';
import { proposeNetwork } from './propose-network.ts';

/** What a new network would be; before the user has consented, with only that kept free which anybody can see. */
export function newNetworkHandlers(session: AppSession): Pick<Handlers, keyof typeof newNetworkMethods> {
  return {
    async 'new-network.propose'(wish) {
      const engine = await session.engine('read');
      const networks = engine.ok ? [...engine.value.workspace.networks.values()] : [];
      const definitions = networks.flatMap(({ live, persistent }) => (live ?? persistent)?.document ?? []);
      return proposeNetwork(wish, hostNetworks(), definitions, wish.uuid ?? randomUUID());
    },
  };
}
