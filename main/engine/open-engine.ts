import { randomUUID } from 'node:crypto';
import { foldPlans } from '../../shared/plan/fold-plan.ts';
import { describeHelperFailure, helperFailureCure } from '../../shared/plan/helper-failure.ts';
import type { HelperReading } from '../../shared/plan/helper-protocol.ts';
import type { Note } from '../../shared/plan/journal-entry.ts';
import { succeed } from '../../shared/plan/outcome.ts';
import { isEmptyShape, shapeOf } from '../../shared/plan/shape.ts';
import type { Change } from './change.ts';
import { type ChosenBackend, chooseBackend } from './choose-backend.ts';
import { describeStartFailure } from './describe-start-failure.ts';
import type { Applied, ApplyOptions, Changes, Engine, EngineOptions, EngineStatus } from './engine.ts';
import type { EngineFailure, Outcome } from './failure.ts';
import { policyOf } from './filters/judged-by.ts';
import type { ClientFailure, HelperSession } from './helper-client.ts';
import { refuseDamaged } from './networks/network-text.ts';
import { concernsNetworks, type NetworkPlanning, type PlannedChanges, planChanges } from './plan-changes.ts';
import { readAhead } from './read-ahead.ts';
import { readDefinitions } from './read-definitions.ts';
import { reverseOf } from './reverse-of.ts';
import { type StartedHelper, startHelper } from './start-helper.ts';
import { loadStockFilters } from './stock-filters.ts';
import { cleanTitle, titleOfChanges } from './words/title-of-changes.ts';
import type { StoredFilter, Workspace } from './workspace.ts';

const defaultStateFolder = '/var/lib/guestward';

function describe(failure: ClientFailure): { readonly message: string; readonly cure: string } {
  switch (failure.kind) {
    case 'helper-missing':
    case 'helper-not-trusted':
    case 'cancelled':
    case 'not-authorised':
    case 'helper-died':
      return describeStartFailure(failure);
    default:
      return { message: describeHelperFailure(failure), cure: helperFailureCure(failure) };
  }
}

function helperFailure(failure: ClientFailure): { readonly ok: false; readonly failure: EngineFailure } {
  return { ok: false, failure: { kind: 'helper', code: failure.kind, ...describe(failure) } };
}

type StoredNetworks = Pick<Workspace, 'networks' | 'ports'>;

/** What knows networks is loaded only where there are any. */
async function readStoredNetworks(reading: HelperReading, stateFolder: string): Promise<Outcome<StoredNetworks>> {
  const texts = [reading.networks, reading.liveNetworks, reading.ports];
  if (texts.every((each) => Object.keys(each).length === 0))
    return { ok: true, value: { networks: new Map(), ports: new Map() } };
  const { readNetworks } = await import('./networks/read-networks.ts');
  return readNetworks(reading, stateFolder);
}

async function readWorkspace(
  reading: HelperReading,
  stock: ReadonlyMap<string, StoredFilter>,
  stateFolder: string,
): Promise<Outcome<Workspace>> {
  const definitions = readDefinitions(reading, stock, stateFolder);
  if (!definitions.ok) return definitions;
  const networks = await readStoredNetworks(reading, stateFolder);
  if (!networks.ok) return networks;
  return {
    ok: true,
    value: {
      ...definitions.value,
      ...networks.value,
      setups: reading.setups,
      ruleset: foldPlans(reading.snapshot, reading.plans),
      generation: reading.generation,
      abilities: reading.abilities,
    },
  };
}

function isNothingInForce({ ruleset, setups }: Workspace): boolean {
  return isEmptyShape(shapeOf(ruleset)) && Object.keys(setups).length === 0;
}

interface Parts {
  readonly through: Note['through'];
  readonly session: HelperSession;
  readonly chosen: ChosenBackend;
  readonly stock: ReadonlyMap<string, StoredFilter>;
  readonly stateFolder: string;
  readonly reading: HelperReading;
}

/** The engine's state is the workspace: what the helper last said, and after each apply what it then has. */
function engineOf({ session, chosen, stock, stateFolder, through, ...parts }: Parts, opened: Workspace): Engine {
  let { reading } = parts;
  let workspace = opened;
  let force: EngineStatus['force'] = reading.status === 'lost' ? 'lost' : 'current';
  let { rebooted, bridgeNetfilter } = reading;

  async function plan(changes: readonly Change[]): Promise<Outcome<PlannedChanges>> {
    const planOn = (planning?: NetworkPlanning) =>
      planChanges(workspace, changes, chosen.backend, stock, randomUUID, planning);
    if (!concernsNetworks(changes, workspace, rebooted)) return planOn();
    const { networkPlanning } = await import('./networks/network-planning.ts');
    const planning = await networkPlanning(session, workspace, changes, rebooted);
    return planning.ok ? refuseDamaged(() => planOn(planning.value)) : helperFailure(planning.failure);
  }

  async function reload(): Promise<Outcome<undefined>> {
    const read = await session.read();
    if (!read.ok) return helperFailure(read.failure);
    const found = await readWorkspace(read.value, stock, stateFolder);
    if (!found.ok) return found;
    reading = read.value;
    workspace = found.value;
    force = reading.status === 'lost' ? 'lost' : 'current';
    ({ rebooted, bridgeNetfilter } = reading);
    return { ok: true, value: undefined };
  }

  /** Once more on what others have left, where they have changed something since it was read. */
  async function onWhatIsInForce<T>(attempt: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const first = await attempt();
    if (first.ok || first.failure.kind !== 'helper' || first.failure.code !== 'stale') return first;
    const reloaded = await reload();
    return reloaded.ok ? attempt() : reloaded;
  }

  async function tryOut(planned: PlannedChanges): Promise<Outcome<Applied>> {
    const checked = await session.check(planned.plan);
    if (!checked.ok) return helperFailure(checked.failure);
    const nftText = checked.value.text;
    return { ok: true, value: { ...planned, nftText, helperMilliseconds: 0, activity: undefined } };
  }

  async function carryOut(planned: PlannedChanges, note: Note, seconds?: number): Promise<Outcome<Applied>> {
    const reverse = () => reverseOf(planned, workspace, bridgeNetfilter, chosen.backend);
    const confirm = seconds === undefined ? undefined : { seconds, reverse: reverse() };
    const result = await session.apply(planned.plan, note, confirm);
    if (!result.ok) return helperFailure(result.failure);
    const { generation, milliseconds, activity, confirmBefore } = result.value;
    ({ bridgeNetfilter } = planned.plan);
    workspace = { ...planned.workspace, generation };
    force = 'current';
    rebooted = false;
    const applied = {
      ...planned,
      workspace,
      nftText: undefined,
      helperMilliseconds: milliseconds,
      activity,
      confirmBefore,
    };
    return { ok: true, value: applied };
  }

  const apply = (wanted: Changes, { dryRun, title, undoes, confirmWithin }: ApplyOptions): Promise<Outcome<Applied>> =>
    onWhatIsInForce(async () => {
      const changes = typeof wanted === 'function' ? refuseDamaged(() => wanted(workspace)) : succeed(wanted);
      if (!changes.ok) return changes;
      const planned = await plan(changes.value);
      if (!planned.ok) return planned;
      if (dryRun) return tryOut(planned.value);
      const called = title ?? titleOfChanges(changes.value);
      const note = { title: called, through, ...(undoes !== undefined && { undoes }) };
      return carryOut(planned.value, note, confirmWithin);
    });

  async function undo(
    id: number,
    options: Pick<ApplyOptions, 'dryRun' | 'confirmWithin'>,
  ): Promise<Outcome<Applied & { readonly title: string }>> {
    const asked = await session.journal(id + 1, 1);
    if (!asked.ok) return helperFailure(asked.failure);
    const entry = asked.value.entries.find((each) => each.id === id);
    if (entry === undefined) return { ok: false, failure: { kind: 'activity-not-found', id } };
    const title = cleanTitle(`Undo: ${entry.title}`);
    const { undoChanges } = await import('./journal/undo-changes.ts');
    const { undone } = asked.value;
    const applied = await apply((now) => undoChanges(entry, undone, now), { ...options, title, undoes: id });
    return applied.ok ? { ok: true, value: { ...applied.value, title } } : applied;
  }

  return {
    get workspace() {
      return workspace;
    },

    get healings() {
      return reading.healings;
    },

    apply,
    undo,
    reload,

    async confirm() {
      const confirmed = await session.confirm();
      return confirmed.ok ? confirmed : helperFailure(confirmed.failure);
    },

    async journal(before, limit) {
      const entries = await session.journal(before, limit);
      return entries.ok ? entries : helperFailure(entries.failure);
    },

    async restore() {
      if (concernsNetworks([], workspace, rebooted)) {
        const done = await apply([], { dryRun: false, title: 'Restore what the kernel lost' });
        if (!done.ok) return done;
        const { warnings, notes, sources } = done.value;
        return { ok: true, value: { warnings, notes, sources } };
      }
      const result = await session.restore();
      if (!result.ok) return helperFailure(result.failure);
      force = 'current';
      return { ok: true, value: { warnings: [], notes: [], sources: new Map() } };
    },

    async status(): Promise<Outcome<EngineStatus>> {
      const counted = await session.counters();
      if (!counted.ok) return helperFailure(counted.failure);
      const counters = counted.value.rules.flatMap(({ comment, verdict, ...counter }) =>
        comment === undefined ? [] : [{ ...counter, comment, verdict: verdict ?? 'continue' }],
      );
      const { kernel, nftVersion } = reading.abilities;
      return {
        ok: true,
        value: {
          backend: { name: chosen.backend.name, reason: chosen.reason },
          kernel: { release: kernel, nftVersion },
          force: force === 'current' && isNothingInForce(workspace) ? 'empty' : force,
          counters,
          stateFolder,
        },
      };
    },

    async networkStates() {
      const states = await session.networkStates();
      return states.ok ? { ok: true, value: states.value.networks } : helperFailure(states.failure);
    },

    async followDrops(take, ended) {
      if (chosen.backend.logDrops === undefined || !reading.abilities.dropLog) {
        const what = chosen.backend.logDrops === undefined ? `the ${chosen.backend.name} backend` : 'this kernel';
        return { ok: false, failure: { kind: 'no-drop-log', what } };
      }
      const { createDropReader, createDeviceNamer } = await import('./drops/read-drops.ts');
      const deviceName = createDeviceNamer();
      const read = createDropReader({ workspace: () => workspace, deviceName });
      const following = await session.followDrops((pcap) => {
        const drops = read(pcap);
        if (drops !== undefined) return take(drops);
        void session.leaveDrops();
        ended('what tcpdump prints cannot be understood');
      }, ended);
      return following.ok ? { ok: true, value: () => void session.leaveDrops() } : helperFailure(following.failure);
    },

    async inspect() {
      const inspected = await session.inspect();
      return inspected.ok ? inspected : helperFailure(inspected.failure);
    },

    policyOf: (subject) => policyOf(subject, workspace),
    close: () => session.close(),
  };
}

/** Reads what is defined and in force through the helper, which is started here unless it has been already. */
export async function openEngine(
  options: EngineOptions,
  starting: ReturnType<typeof startHelper> = startHelper(options),
): Promise<Outcome<Engine>> {
  const started = await starting;
  if (!started.ok) return helperFailure(started.failure);
  const { session } = started.value;
  const stock = loadStockFilters();
  // The helper needs longer to start than this takes.
  readAhead(options.filters ?? [], stock);
  const opened = await openOn(session, await started.value.reading, stock, options);
  if (!opened.ok) await session.close();
  return opened;
}

async function openOn(
  session: HelperSession,
  reading: Awaited<StartedHelper['reading']>,
  stock: ReadonlyMap<string, StoredFilter>,
  { environment, through = 'command line' }: EngineOptions,
): Promise<Outcome<Engine>> {
  const chosen = chooseBackend(environment['GUESTWARD_BACKEND']);
  if (!chosen.ok) return chosen;
  if (!reading.ok) return helperFailure(reading.failure);
  const stateFolder = environment['GUESTWARD_STATE_DIR'] || defaultStateFolder;
  const workspace = await readWorkspace(reading.value, stock, stateFolder);
  if (!workspace.ok) return workspace;
  const parts: Parts = { session, chosen: chosen.value, stock, stateFolder, reading: reading.value, through };
  return { ok: true, value: engineOf(parts, workspace.value) };
}
