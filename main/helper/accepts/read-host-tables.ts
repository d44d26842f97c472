import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { HostTable } from '../../../shared/plan/host-firewall/host-rules.ts';
import { parseIptablesSave } from '../../../shared/plan/host-firewall/parse-iptables-save.ts';
import { parseNftListing } from '../../../shared/plan/host-firewall/parse-nft-listing.ts';
import { type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { ownTable } from '../../../shared/plan/own-names.ts';
import { runTextTool } from '../run-text-tool.ts';
import { filteringTables, legacyTablesInUse, saveTables } from './iptables-saves.ts';

/** A name that nft takes as it is. */
const plainName = /^[A-Za-z_][A-Za-z0-9_.-]{0,127}$/;

/** Every table of others that filters packets of input, forward or output, read without bringing any into being. */
export async function readHostTables(): Promise<Outcome<readonly HostTable[], HelperFailure>> {
  const listed = await runTextTool('nft', ['-j', 'list', 'chains']);
  if (!listed.ok) return listed;
  const tables: HostTable[] = [];
  for (const table of parseNftListing(listed.value)) {
    if (table.name === ownTable || !plainName.test(table.name) || !isFiltering(table)) continue;
    const found = (await readByIptables(table)) ?? (await readByNft(table));
    if (found !== undefined) tables.push(found);
  }
  for (const family of ['ip', 'ip6'] as const) {
    const inUse = legacyTablesInUse(family).filter((name) => filteringTables.includes(name));
    tables.push(...parseIptablesSave(await saveTables('iptables-legacy', family, inUse), 'iptables-legacy', family));
  }
  return succeed(tables);
}

function isFiltering({ chains }: HostTable): boolean {
  return [...chains.values()].some(({ hook }) => hook !== undefined);
}

/** A table that iptables-nft has made is changed by iptables-nft, which reads others' rules in it with trouble. */
async function readByIptables({ family, name, chains }: HostTable): Promise<HostTable | undefined> {
  if (family === 'inet' || !isOfIptables(name, [...chains.keys()])) return undefined;
  return parseIptablesSave(await saveTables('iptables-nft', family, [name]), 'iptables-nft', family)[0];
}

/** Whether a table has the names that iptables gives; the chains that hang on hooks are enough. */
export function isOfIptables(table: string, chains: readonly string[]): boolean {
  return filteringTables.includes(table) && chains.some((name) => ['INPUT', 'FORWARD', 'OUTPUT'].includes(name));
}

/** undefined: it is gone meanwhile. */
async function readByNft({ family, name }: HostTable): Promise<HostTable | undefined> {
  const listing = await runTextTool('nft', ['-j', '-t', 'list', 'table', family, name]);
  return listing.ok ? parseNftListing(listing.value)[0] : undefined;
}
