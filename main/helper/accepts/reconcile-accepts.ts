import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { HostTable } from '../../../shared/plan/host-firewall/host-rules.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { runTextTool } from '../run-text-tool.ts';
import { editTable, withoutOwn } from './edit-table.ts';
import { iptablesPrograms } from './iptables-saves.ts';
import { readHostTables } from './read-host-tables.ts';
import { reconcileCures } from './reconcile-cures.ts';
import { wantedRules } from './wanted-rules.ts';

/**
 * Brings the accepts in the host's own chains, and the cures, to what the started networks want. In nftables and iptables a packet must be accepted
 * by every table, so what a network promises is promised in vain where another table's default drops it. Rules that drop by name come first and
 * stay stronger. Safe to be called at any time, and again after a program has written its rules anew.
 *
 * @param run the run folder; where it is not given, cures other than accepts are left as they are
 */
export async function reconcileAccepts(
  wanted: ReadonlyMap<string, NetworkSetup>,
  run?: string,
): Promise<Outcome<void, HelperFailure>> {
  // Chains can change between looking and writing: what failed is looked at once more.
  const first = await putAccepts(wanted);
  const done = first.ok ? first : await putAccepts(wanted);
  if (run === undefined) return done;
  const cured = await reconcileCures(wanted, run);
  return done.ok ? cured : done;
}

async function putAccepts(wanted: ReadonlyMap<string, NetworkSetup>): Promise<Outcome<void, HelperFailure>> {
  const tables = await readHostTables();
  if (!tables.ok) return tables;
  let outcome: Outcome<void, HelperFailure> = succeed(undefined);
  for (const table of tables.value) {
    const lines = editTable(table, wantedRules(withoutOwn(table), wanted));
    const written = lines.length === 0 ? succeed(undefined) : await writeLines(table, lines);
    if (!written.ok) outcome = written;
  }
  return outcome;
}

/** All lines of a table are one transaction. */
async function writeLines(table: HostTable, lines: readonly string[]): Promise<Outcome<void, HelperFailure>> {
  const { tool, family, name } = table;
  const text = `${lines.join('\n')}\n`;
  const written =
    tool === 'nft' || family === 'inet'
      ? await runTextTool('nft', ['-f', '-'], text)
      : await runTextTool(iptablesPrograms[tool][family].restore, ['-n', '-w', '10'], `*${name}\n${text}COMMIT\n`);
  if (written.ok || isOwned(written.failure)) return succeed(undefined);
  return written;
}

/** A table with an owner is changed by nobody else, and nft 1.0.6 does not tell in JSON that it has one (nf_tables_api.c, nft_table_lookup). */
function isOwned(failure: HelperFailure): boolean {
  return failure.kind === 'tool-failed' && failure.message.includes('Could not process rule: Operation not permitted');
}
