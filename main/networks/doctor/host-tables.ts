import type { Inspection } from '../../../shared/plan/helper-protocol.ts';
import type { HostTable } from '../../../shared/plan/host-firewall/host-rules.ts';
import { parseIptablesSave } from '../../../shared/plan/host-firewall/parse-iptables-save.ts';
import { parseNftListing } from '../../../shared/plan/host-firewall/parse-nft-listing.ts';
import { ownName, ownTable } from '../../../shared/plan/own-names.ts';

/** Everybody's tables but Guestward's. What iptables-nft has made is read as iptables tells it, since nft does not tell all of it. */
export function hostTables(inspection: Inspection): readonly HostTable[] {
  const byIptables = [
    ...parseIptablesSave(inspection.nftIptables, 'iptables-nft', 'ip'),
    ...parseIptablesSave(inspection.nftIp6tables, 'iptables-nft', 'ip6'),
  ];
  const byNft = parseNftListing(inspection.nftRuleset).filter(
    ({ family, name }) =>
      name !== ownTable && !byIptables.some((table) => table.family === family && table.name === name),
  );
  return [
    ...byIptables,
    ...byNft,
    ...parseIptablesSave(inspection.legacyIptables, 'iptables-legacy', 'ip'),
    ...parseIptablesSave(inspection.legacyIp6tables, 'iptables-legacy', 'ip6'),
  ];
}

/** Whether Guestward's own filters have bridged packets shown to them by br_netfilter. */
export function filtersNeedBridgeNf({ nftRuleset }: Inspection): boolean {
  return parseNftListing(nftRuleset).some(
    ({ family, name, chains }) => family === 'inet' && name === ownTable && chains.has(ownName('packets-out')),
  );
}

/** A table as a person would ask for it. */
export function tableWords({ tool, family, name }: HostTable): string {
  if (tool === 'nft') return `nft table ${family} ${name}`;
  const program = family === 'ip6' ? 'ip6tables' : 'iptables';
  return `${tool === 'iptables-legacy' ? `${program}-legacy` : program} table ${name}`;
}
