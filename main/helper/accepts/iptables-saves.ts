import { readFileSync } from 'node:fs';
import { isErrno } from '../root-file.ts';
import { runTextTool } from '../run-text-tool.ts';

/** The program for each of iptables' two kinds and families. */
export const iptablesPrograms = {
  'iptables-nft': {
    ip: { save: 'iptables-nft-save', restore: 'iptables-nft-restore' },
    ip6: { save: 'ip6tables-nft-save', restore: 'ip6tables-nft-restore' },
  },
  'iptables-legacy': {
    ip: { save: 'iptables-legacy-save', restore: 'iptables-legacy-restore' },
    ip6: { save: 'ip6tables-legacy-save', restore: 'ip6tables-legacy-restore' },
  },
} as const;

/** Tables of iptables that filter. */
export const filteringTables: readonly string[] = ['filter', 'mangle', 'security'];

/**
 * The legacy tables of a family that are in use. Asking iptables-legacy for one brings it into being; the kernel lists those that are
 * (net/netfilter/x_tables.c), and there is no list at all where the module is not loaded.
 */
export function legacyTablesInUse(family: 'ip' | 'ip6'): readonly string[] {
  try {
    return readFileSync(`/proc/self/net/${family}_tables_names`, 'utf8')
      .split('\n')
      .filter((name) => name !== '');
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'EACCES')) return [];
    throw error;
  }
}

/** What iptables-save prints of these tables; of one that it cannot print (its rules are nft's own), nothing. */
export async function saveTables(
  tool: keyof typeof iptablesPrograms,
  family: 'ip' | 'ip6',
  tables: readonly string[],
): Promise<string> {
  const texts: string[] = [];
  for (const table of tables) {
    const saved = await runTextTool(iptablesPrograms[tool][family].save, ['-t', table]);
    if (saved.ok) texts.push(saved.value);
  }
  return texts.join('');
}
