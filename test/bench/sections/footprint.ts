import { readFileSync } from 'node:fs';
import type { Ruleset } from '../../../shared/plan/ruleset.ts';
import { type TableFamily, tableFamilies } from '../../../shared/plan/table-families.ts';
import { runTool } from '../../kernel/rig/run-tool.ts';
import { bind, makeGuests } from '../guests.ts';
import type { Section } from '../section.ts';
import { openSession, type Session } from '../session.ts';

const nics = 1000;

/** What stands in the kernel or in a ruleset. */
interface Counts {
  readonly rules: number;
  readonly elements: number;
}

export const footprint: Section = {
  name: 'footprint',
  title: `What ${nics} NICs on clean-traffic take`,
  async run(product) {
    const session = await openSession(product);
    const { applied } = await session.apply(makeGuests(nics).map((guest) => bind(guest)));
    const peak = peakMemory(session.helperPid);
    const wanted = countRuleset(applied.workspace.ruleset);
    const standing = countKernel(session);
    await session.close();
    if (wanted.rules !== standing.rules || wanted.elements !== standing.elements) {
      throw new Error(`the kernel holds ${JSON.stringify(standing)}, the ruleset ${JSON.stringify(wanted)}`);
    }
    return [
      {
        what: 'rules, as nft lists them',
        unit: 'count',
        value: standing.rules,
        bound: { kind: 'at-most', value: 100 },
      },
      {
        what: 'set elements for each NIC',
        unit: 'count',
        value: standing.elements / nics,
        bound: { kind: 'at-most', value: 6 },
      },
      { what: "the helper's peak memory (VmHWM)", unit: 'MB', value: peak, bound: { kind: 'at-most', value: 90 } },
    ];
  },
};

function countRuleset(ruleset: Ruleset): Counts {
  const tables = tableFamilies.map((family) => ruleset[family]);
  const chains = tables.flatMap(({ chains }) => Object.values(chains));
  const sets = tables.flatMap(({ sets }) => Object.values(sets));
  return {
    rules: chains.reduce((sum, { rules }) => sum + rules.length, 0),
    elements: sets.reduce((sum, { elements }) => sum + elements.length, 0),
  };
}

/** What `nft --json` lists (man libnftables-json), as far as it is counted. */
interface Listing {
  readonly nftables: readonly {
    readonly rule?: object;
    readonly set?: ListedSet;
    readonly map?: ListedSet;
  }[];
}

interface ListedSet {
  readonly name: string;
  readonly elem?: readonly unknown[];
}

// They are the helper's own and do not grow with the NICs.
const helperSets = ['gw_generation', 'gw_same_bytes'];

function countKernel({ namespace }: Session): Counts {
  const listings = tableFamilies.map((family) => listTable(namespace, family));
  const objects = listings.flatMap(({ nftables }) => nftables);
  const sets = objects.flatMap(({ set, map }) => [set ?? map].filter((each) => each !== undefined));
  return {
    rules: objects.filter(({ rule }) => rule !== undefined).length,
    elements: sets
      .filter(({ name }) => !helperSets.includes(name))
      .reduce((sum, { elem }) => sum + (elem?.length ?? 0), 0),
  };
}

function listTable(namespace: Session['namespace'], family: TableFamily): Listing {
  const text = namespace.run(() => runTool('/usr/sbin/nft', ['--json', 'list', 'table', family, 'guestward']));
  return JSON.parse(text) as Listing;
}

/** In megabytes. */
function peakMemory(pid: number): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kibibytes === undefined) throw new Error('the kernel does not tell the peak memory of the helper');
  return (Number(kibibytes) * 1024) / 1e6;
}
