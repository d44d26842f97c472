import { isDeepStrictEqual } from 'node:util';
import type { JournalDefinition, JournalEntry } from '../../../shared/plan/journal-entry.ts';
import { turnedPlugs } from '../../../shared/plan/plug.ts';
import { parseBinding } from '../../compiler/parse/parse-binding.ts';
import { parseNetwork } from '../../networks/parse/parse-network.ts';
import { parsePort } from '../../networks/ports/parse-port.ts';
import type { Change } from '../change.ts';
import { definitionText } from '../definition-text.ts';
import type { EngineFailure, Outcome } from '../failure.ts';
import type { Workspace } from '../workspace.ts';

const kindNames: Readonly<Record<JournalDefinition['kind'], string>> = {
  filter: 'filter',
  binding: 'binding of',
  network: 'network',
  'live-network': 'started network',
  port: 'port',
};

/** Why an entry can never be undone; undefined where nothing speaks against it. */
export function whyNot({ definitions, plugs, cures, cut, kind }: JournalEntry): string | undefined {
  if (cut === true) return 'the definitions were too long for the journal to keep';
  if (kind === 'healed') return 'it put back what had been taken away';
  return definitions.length === 0 && plugs === undefined && cures === undefined
    ? 'it changed no definition'
    : undefined;
}

/** Definitions that have changed since the entry was written, in words. */
function changedSince({ definitions, cures = [] }: JournalEntry, workspace: Workspace): readonly string[] {
  return [
    ...definitions
      .filter(({ kind, name, after }) => definitionText(workspace, kind, name) !== after)
      .map(({ kind, name }) => `${kindNames[kind]} ${name}`),
    ...cures
      .filter(({ network, after }) => !isDeepStrictEqual(workspace.setups[network]?.cures, after))
      .map(({ network }) => `cures of network ${network}`),
  ];
}

/** What brings one definition back to what it was. */
function changesBack(
  { kind, name, before, after }: JournalDefinition,
  stopped: ReadonlySet<string>,
  gonePorts: ReadonlySet<string>,
): readonly Change[] {
  const file = `${name}.xml`;
  switch (kind) {
    case 'filter':
      return [
        before === undefined
          ? { change: 'undefine-filter', nameOrUuid: name }
          : { change: 'define-filter', text: before, file },
      ];
    case 'binding': {
      // A port that goes takes its binding along.
      if (before === undefined) return gonePorts.has(name) ? [] : [{ change: 'delete-binding', device: name }];
      const parsed = parseBinding(before, file);
      return parsed.ok ? [{ change: 'bind', binding: parsed.value, replace: true }] : [];
    }
    case 'network': {
      if (before === undefined) return [{ change: 'undefine-network', network: name }];
      const parsed = parseNetwork(before, file);
      // Defining a network again leaves it starting by itself.
      const autostart = parsed.ok && parsed.value.settings.autostart;
      return [
        { change: 'define-network', text: before, file },
        { change: 'autostart-network', network: name, autostart },
      ];
    }
    case 'live-network': {
      if (before === undefined) return [{ change: 'destroy-network', network: name }];
      return [
        stopped.has(name)
          ? { change: 'create-network', text: before, file }
          : { change: 'apply-live', network: name, text: before, file },
      ];
    }
    case 'port': {
      const parsed = before === undefined ? undefined : parsePort(before, file);
      if (parsed === undefined) return [{ change: 'delete-port', device: name }];
      if (!parsed.ok) return [];
      return [
        after === undefined
          ? { change: 'create-port', port: parsed.value }
          : { change: 'move-port', device: name, network: parsed.value.network },
      ];
    }
  }
}

/** What goes is taken away before what it stood on; what comes is made after it. */
function placeOf({ kind, before }: JournalDefinition): number {
  const isGone = before === undefined;
  if (isGone) return { port: 0, 'live-network': 1, network: 2, binding: 7, filter: 8 }[kind];
  return { network: 3, 'live-network': 4, port: 5, filter: 6, binding: 7 }[kind];
}

const refuse = (failure: EngineFailure) => ({ ok: false, failure }) as const;

/** The changes that undo an entry of the journal, if all that it changed still is as it left it. */
export function undoChanges(
  entry: JournalEntry,
  undone: readonly number[],
  workspace: Workspace,
): Outcome<readonly Change[]> {
  const { id, definitions, plugs = [], cures = [] } = entry;
  if (undone.includes(id)) return refuse({ kind: 'activity-undone', id });
  const because = whyNot(entry);
  if (because !== undefined) return refuse({ kind: 'undo-impossible', id, because });
  const changed = changedSince(entry, workspace);
  if (changed.length > 0) return refuse({ kind: 'undo-conflict', id, definitions: changed });
  // Of a network that was stopped, nothing stands that could be changed in place.
  const stopped = new Set(
    definitions.filter(({ kind, after }) => kind === 'live-network' && after === undefined).map(({ name }) => name),
  );
  const gonePorts = new Set(
    definitions.filter(({ kind, before }) => kind === 'port' && before === undefined).map(({ name }) => name),
  );
  // Of what refers to each other, the later was made on the earlier.
  const backwards = definitions.toReversed().toSorted((a, b) => placeOf(a) - placeOf(b));
  const changes = backwards.flatMap((each) => changesBack(each, stopped, gonePorts));
  const uncured = cures.map(({ network, before }): Change => ({ change: 'cure-network', network, cures: before }));
  // Last, when the network that it came from stands.
  const plugged = turnedPlugs(plugs).map((plug): Change => ({ change: 'plug-nic', plug }));
  return { ok: true, value: [...changes, ...uncured, ...plugged] };
}
