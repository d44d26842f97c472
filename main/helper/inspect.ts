import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import type { Inspection } from '../../shared/plan/helper-protocol.ts';
import { parseNftListing } from '../../shared/plan/host-firewall/parse-nft-listing.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { filteringTables, legacyTablesInUse, saveTables } from './accepts/iptables-saves.ts';
import { isOfIptables } from './accepts/read-host-tables.ts';
import { explainQueryFailure } from './kernel-failure.ts';
import { readListeners } from './listeners.ts';
import type { Nft } from './nft.ts';

/** Looks at all that judges packets beside Guestward, and at who waits for packets. Brings no table into being. */
export async function inspectHost(nft: Pick<Nft, 'run'>): Promise<Outcome<Inspection, HelperFailure>> {
  const listing = await nft.run(['-j', 'list', 'ruleset']);
  if (!listing.ok) return fail(explainQueryFailure(listing.failure));
  const made = parseNftListing(listing.value).filter(({ name, chains }) => isOfIptables(name, [...chains.keys()]));
  const ofNft = (family: 'ip' | 'ip6') =>
    saveTables(
      'iptables-nft',
      family,
      made.filter((table) => table.family === family).map(({ name }) => name),
    );
  const legacy = (family: 'ip' | 'ip6') =>
    saveTables(
      'iptables-legacy',
      family,
      legacyTablesInUse(family).filter((name) => filteringTables.includes(name)),
    );
  return succeed({
    nftRuleset: listing.value,
    nftIptables: await ofNft('ip'),
    nftIp6tables: await ofNft('ip6'),
    legacyIptables: await legacy('ip'),
    legacyIp6tables: await legacy('ip6'),
    listeners: readListeners(),
  });
}
