import type { Culprit } from '../../../shared/plan/healing.ts';
import { generationSet, ownTable } from '../../../shared/plan/own-names.ts';
import { tableFamilies } from '../../../shared/plan/table-families.ts';

/** What one transaction has done to the kernel's rules, as far as it concerns us. */
export interface RulesetChange {
  /** It changed tables of others. */
  readonly touchesOthers: boolean;
  /** tables: one of ours is gone. parts: chains, rules, sets or elements of ours are gone or are others. */
  readonly takes: 'tables' | 'parts' | undefined;
  /** It brought a marker along, as every change of ours but the removal of all. */
  readonly isOwn: boolean;
  /** It made a table of ours; with a marker: all of our rules stand as they should. */
  readonly makesTable: boolean;
  readonly by: Culprit | undefined;
}

/** Longer beginnings of lines say no more. */
const maxLine = 200;

/**
 * Reads what `nft monitor` prints: a line for each thing that was added or deleted, and after those of one transaction
 * `# new generation 9 by process 23591 (nft)`. Tells of each transaction.
 */
export function readRulesetChanges(take: (change: RulesetChange) => void): (text: string) => void {
  let rest = '';
  let change = nothing;
  return (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = (lines.pop() ?? '').slice(0, maxLine);
    for (const line of lines) {
      const generation = /^# new generation \d+ by process (\d+) \(([^\n]{0,64})\)$/.exec(line);
      if (generation === null) change = addLine(change, line);
      else {
        const [, pid, program = ''] = generation;
        take({ ...change, by: { pid: Number(pid), program } });
        change = nothing;
      }
    }
  };
}

const nothing: RulesetChange = {
  touchesOthers: false,
  takes: undefined,
  isOwn: false,
  makesTable: false,
  by: undefined,
};

function addLine(change: RulesetChange, line: string): RulesetChange {
  const [verb = '', object, family, table, name] = line.trim().split(/\s+/, 5);
  if (!/^(?:add|delete|insert|replace|destroy)$/.test(verb)) return change;
  if (table !== ownTable) return { ...change, touchesOthers: true };
  if (!tableFamilies.some((own) => own === family)) return change;
  if (verb === 'add' || verb === 'insert') {
    const isMarker = object === 'element' && name === generationSet;
    return { ...change, isOwn: change.isOwn || isMarker, makesTable: change.makesTable || object === 'table' };
  }
  return { ...change, takes: change.takes === 'tables' || object === 'table' ? 'tables' : 'parts' };
}
