import { ownTable } from '../../../shared/plan/own-names.ts';
import { legacyTablesInUse, saveTables } from '../accepts/iptables-saves.ts';
import { runTextTool } from '../accepts/run-text-tool.ts';

const families = { ipv4: ['ip', 'inet'], ipv6: ['ip6', 'inet'] } as const;

/**
 * Whether rules of somebody else's give packets on their way through another source, as Docker's and libvirt's do: whoever has made them counts on the host to
 * forward, and has not switched that on where it was on already.
 */
export async function othersMasquerade(family: 'ipv4' | 'ipv6'): Promise<boolean> {
  const listed = await runTextTool('nft', ['-s', 'list', 'ruleset']);
  if (listed.ok && masquerades(listed.value, families[family])) return true;
  const [legacy] = families[family];
  if (!legacyTablesInUse(legacy).includes('nat')) return false;
  return /-j (?:MASQUERADE|SNAT)\b/.test(await saveTables('iptables-legacy', legacy, ['nat']));
}

/** Reads `nft list ruleset`, which writes iptables' own targets in either way. */
export function masquerades(listing: string, wanted: readonly string[]): boolean {
  let counts = false;
  for (const line of listing.split('\n')) {
    const [, family, name] = /^table (\S+) (\S+) \{/.exec(line) ?? [];
    if (family !== undefined) counts = name !== ownTable && wanted.includes(family);
    else if (counts && /\b(?:masquerade|snat (?:ip6? )?(?:prefix )?to|MASQUERADE|SNAT)\b/.test(line)) return true;
  }
  return false;
}
