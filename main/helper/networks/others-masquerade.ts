import { ownTable } from '../../../shared/plan/own-names.ts';
import { legacyTablesInUse, saveTables } from '../accepts/iptables-saves.ts';
import { runTextTool } from '../run-text-tool.ts';

const families = { ipv4: ['ip', 'inet'], ipv6: ['ip6', 'inet'] } as const;
type Family = keyof typeof families;

/**
 * The families in which rules of somebody else's give packets on their way through another source, as Docker's and libvirt's do: whoever has made them counts on
 * the host to forward, and has not switched that on where it was on already.
 */
export async function othersMasquerade(): Promise<ReadonlySet<Family>> {
  const listed = await runTextTool('nft', ['-s', '-t', 'list', 'ruleset']);
  const found = new Set<Family>();
  for (const family of ['ipv4', 'ipv6'] as const) {
    const [ip] = families[family];
    const isThere = listed.ok && masquerades(listed.value, families[family]);
    if (isThere || (await legacyMasquerades(ip))) found.add(family);
  }
  return found;
}

async function legacyMasquerades(family: 'ip' | 'ip6'): Promise<boolean> {
  if (!legacyTablesInUse(family).includes('nat')) return false;
  return /-j (?:MASQUERADE|SNAT)\b/.test(await saveTables('iptables-legacy', family, ['nat']));
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
