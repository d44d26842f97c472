import type { HostTable } from '../../../shared/plan/host-firewall/host-rules.ts';
import { ownComment } from '../../../shared/plan/host-firewall/own-mark.ts';
import { readHostTables } from './read-host-tables.ts';

interface Place {
  readonly place: string;
  readonly count: number;
}

/** Accepts of a network that stand in chains of the host's own. */
export async function listAccepts(network: string): Promise<readonly Place[]> {
  return (await listAllAccepts([network])).get(network) ?? [];
}

/** The same for several networks, at one look. */
export async function listAllAccepts(networks: readonly string[]): Promise<ReadonlyMap<string, readonly Place[]>> {
  const tables = await readHostTables();
  const places = tables.ok ? tables.value : [];
  return new Map(networks.map((network) => [network, placesOf(ownComment(network), places)]));
}

function placesOf(wanted: string, tables: readonly HostTable[]): readonly Place[] {
  return tables.flatMap((table) =>
    [...table.chains.values()].flatMap((chain) => {
      const count = chain.rules.filter(({ comment }) => comment === wanted).length;
      return count === 0 ? [] : [{ place: `${tableWords(table)} ${chain.name}`, count }];
    }),
  );
}

function tableWords({ tool, family, name }: HostTable): string {
  if (tool === 'nft') return `nft ${family} ${name}`;
  const program = family === 'ip6' ? 'ip6tables' : 'iptables';
  return tool === 'iptables-legacy' ? `${program}-legacy ${name}` : `${program} ${name}`;
}
