import { readFileSync } from 'node:fs';
import { parseMac } from '../../../shared/net/mac.ts';
import type { Change } from '../../engine/change.ts';
import type { Engine, RuleCounter } from '../../engine/engine.ts';
import { LabError } from '../failure.ts';
import { addresses } from '../room/addresses.ts';
import { demand } from './demand.ts';
import { type DroppingRule, droppingRules } from './dropping-rules.ts';
import { ruleText } from './rule-text.ts';
import type { StoppingRule } from './trial.ts';

/** Guestward itself, as the lab uses it: filters go on g1's card and off again, for real. */
export interface Guard {
  /** Takes in a filter by its XML, and returns its name. */
  define(xml: string, file: string): Promise<string>;
  /** Whether there is a filter of this name. */
  knows(filter: string): boolean;
  /** Puts a filter on g1's card, in place of any other. */
  put(filter: string): Promise<void>;
  /** Runs `work` with the filter on g1's card; what came of it, and the rules that dropped something meanwhile. */
  during<T>(
    filter: string,
    work: () => Promise<T>,
  ): Promise<{ readonly value: T; readonly stoppedBy: readonly StoppingRule[] }>;
}

const { g1 } = addresses;
const nowhere = { file: 'the lab', line: 1, column: 1, length: 0 };

export function createGuard(engine: Engine): Guard {
  const apply = async (doing: string, change: Change) => {
    await demand(doing, engine.apply([change], { dryRun: false }));
  };
  const counters = async (): Promise<readonly RuleCounter[]> =>
    (await demand('Reading the counters', engine.status())).counters;

  const located = ({ filter, line, packets }: DroppingRule): StoppingRule => {
    const stored = engine.workspace.filters.get(filter);
    const file = stored?.document.span.file ?? `${filter}.xml`;
    return { filter, file, line, packets, text: stored ? ruleText(stored.text, line) : '' };
  };

  const put = async (filter: string) => {
    const parameters = { IP: [g1.ip] };
    const binding = { device: g1.port, mac: parseMac(g1.mac), filter, parameters, span: nowhere };
    await apply(`Putting ${filter} on ${g1.port}`, { change: 'bind', binding, replace: true });
  };

  return {
    put,
    knows: (filter) => engine.workspace.filters.has(filter),
    async define(xml, file) {
      const known = new Set(engine.workspace.filters.values());
      await apply(`Taking in ${file}`, { change: 'define-filter', text: xml, file });
      const [name] = [...engine.workspace.filters].find(([, filter]) => !known.has(filter)) ?? [];
      if (name === undefined) throw new Error(`the engine took ${file} in and holds no new filter`);
      return name;
    },
    async during(filter, work) {
      await put(filter);
      const before = await counters();
      const value = await work();
      const stoppedBy = droppingRules(before, await counters()).map(located);
      await apply(`Taking ${filter} off ${g1.port}`, { change: 'delete-binding', device: g1.port });
      return { value, stoppedBy };
    },
  };
}

/** The text of a filter's file; throws a LabError where it cannot be read. */
export function readFilterFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new LabError({ kind: 'filter-unreadable', file, detail });
  }
}
