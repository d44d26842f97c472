import { checkPlan } from '../../shared/plan/check-plan.ts';
import { foldNetworks, type Setups } from '../../shared/plan/fold-networks.ts';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import type { Operation, Plan } from '../../shared/plan/plan.ts';
import { type Plug, turnedPlugs } from '../../shared/plan/plug.ts';
import { isEmptyShape, type Shape } from '../../shared/plan/shape.ts';
import { wholePlan } from '../../shared/plan/whole-plan.ts';
import { type NftText, writeNft, writeRemoval } from '../../shared/plan/write-nft.ts';
import { readBootId } from './boot-id.ts';
import { putBack, settingsBefore, showPackets } from './bridge-netfilter.ts';
import { writeWaiting } from './confirmation/waiting-change.ts';
import { explainNftFailure } from './kernel-failure.ts';
import type { Intent } from './log-entry.ts';
import { listMarkers, makeMarker, newestMarker } from './marker.ts';
import { closeLoopback } from './networks/device-settings.ts';
import { holdForwarding, putForwardingBack } from './networks/forwarding.ts';
import { downLines } from './networks/link-lines.ts';
import type { Links } from './networks/observe-links.ts';
import { refusePlugs, silencingLines, upNics } from './networks/plug-nics.ts';
import { reconcileNetworks } from './networks/reconcile-networks.ts';
import { runBatch } from './networks/run-batch.ts';
import { tryNetworks } from './networks/try-networks.ts';
import { wantedDevices } from './networks/wanted-devices.ts';
import { type Noted, noteChange } from './note-change.ts';
import { hasLostNetworks, loadWhole, restoreRules } from './restore.ts';
import type { Workspace } from './workspace.ts';

/** Markers of past generations that may gather in the kernel before an apply takes them away. */
const maxMarkers = 64;

/** The new generation, and the journal's entry for it. */
export interface Applied {
  readonly generation: number;
  readonly activity?: number;
}

interface Prepared {
  readonly generation: number;
  /** null where nothing is in force afterwards. */
  readonly marker: string | null;
  readonly shape: Shape;
  readonly text: NftText;
  /** The networks that are to stand, and the NICs that go to another; absent where none of it changes. */
  readonly networks?: {
    readonly wanted: Setups;
    readonly changed: ReadonlySet<string>;
    readonly links: Links;
    readonly plugs: readonly Plug[];
  };
}

/** Finds out everything about a plan that can be found out without carrying it out, `nft --check` included; returns its nft text. */
export async function tryPlan(space: Workspace, plan: Plan): Promise<Outcome<string, HelperFailure>> {
  const prepared = await prepare(space, plan);
  return prepared.ok ? succeed(prepared.value.text.text) : prepared;
}

/**
 * Carries a plan out: try, write down the intent, one transaction, read back, write down that it is done. Whatever fails, what was in force
 * before still is; whenever this process dies, the next one finds out which of the two stands.
 */
export async function applyPlan(
  space: Workspace,
  plan: Plan,
  noted?: Noted,
  confirm?: { readonly until: number; readonly reverse: Plan },
): Promise<Outcome<Applied, HelperFailure>> {
  const prepared = await onWhatIsInForce(space, () => prepare(space, plan));
  if (!prepared.ok) return prepared;
  if (confirm !== undefined) {
    const after = foldNetworks(space.store.setups, plan.networks);
    const checked = checkPlan(confirm.reverse, prepared.value.shape, after);
    if (!checked.ok) return fail({ kind: 'plan-refused', problems: checked.problems });
  }
  space.step('checked');
  // Before it happens: no crash may leave a change that nobody has written down.
  const activity = noted && noteChange(space, plan, noted);
  if (confirm !== undefined && noted !== undefined && activity !== undefined) {
    const { note, uid } = noted;
    const { generation } = prepared.value;
    writeWaiting(space.places.state, { generation, ...confirm, note, uid, activity });
  }
  const carried = await carryOut(space, plan, prepared.value);
  if (!carried.ok) return carried;
  return succeed({ generation: carried.value, ...(activity !== undefined && { activity }) });
}

/** Runs `work` on a kernel that holds what it should. It can be lost at any time, and then the kernel refuses what builds on it. */
async function onWhatIsInForce<T>(
  space: Workspace,
  work: () => Promise<Outcome<T, HelperFailure>>,
): Promise<Outcome<T, HelperFailure>> {
  if (space.status !== 'lost') {
    const outcome = await work();
    if (outcome.ok || outcome.failure.kind !== 'kernel-refused' || space.status === 'empty') return outcome;
    const found = await listMarkers(space.nft);
    if (!found.ok || newestMarker(found.value) !== undefined) return outcome;
  }
  const restored = await restoreRules(space);
  return restored.ok ? work() : restored;
}

async function prepare(space: Workspace, plan: Plan): Promise<Outcome<Prepared, HelperFailure>> {
  const { generation: inForce, marker: standing } = space.store.inForce;
  if (plan.base !== inForce) return fail({ kind: 'stale', base: plan.base, inForce });
  const checked = checkPlan(plan, space.store.shape, space.store.setups);
  if (!checked.ok) return fail({ kind: 'plan-refused', problems: checked.problems });

  const generation = inForce + 1;
  const wanted = foldNetworks(space.store.setups, plan.networks);
  const isRemoval = isEmptyShape(checked.shape) && wanted.size === 0 && !plan.bridgeNetfilter;
  const marker = isRemoval ? null : makeMarker(generation, plan);
  const past = [...space.markers].filter(([, text]) => text !== standing).map(([number]) => number);
  const forgotten = past.length < maxMarkers ? [] : past;
  const write = (operations: readonly Operation[], fresh: boolean): NftText =>
    marker === null
      ? { text: writeRemoval(), origins: [] }
      : writeNft(operations, { generation, marker, forgotten: fresh ? [] : forgotten, fresh });
  const text = write(plan.operations, false);
  // Whoever may only read must not bring anything back; there the plan is tried together with what it builds on.
  const operations =
    space.status === 'lost' ? [...wholePlan(space.store.ruleset()), ...plan.operations] : plan.operations;
  const whole = space.status === 'lost' ? write(operations, true) : text;
  const changed = new Set(plan.networks?.map(({ network }) => network));
  const { plugs = [] } = plan;
  const changesNetworks = plan.networks !== undefined || plugs.length > 0 || hasLostNetworks(space);
  const [tried, links] = await Promise.all([
    space.status === 'current' ? space.nft.check(whole.text) : space.nft.tryAlone(whole.text),
    changesNetworks ? tryNetworks(space.places, wanted, changed) : undefined,
  ]);
  if (!tried.ok) return fail(explainNftFailure(tried.failure, operations, whole));
  if (links?.ok === false) return links;
  const refused = links && refusePlugs(plugs, links.value);
  if (refused !== undefined) return fail(refused);
  const networks = links === undefined ? {} : { networks: { wanted, changed, links: links.value, plugs } };
  return succeed({ generation, marker, shape: checked.shape, text, ...networks });
}

async function carryOut(
  space: Workspace,
  plan: Plan,
  { generation, marker, shape, text, networks }: Prepared,
): Promise<Outcome<number, HelperFailure>> {
  const { store, step } = space;
  const before = store.inForce;
  const { operations, bridgeNetfilter, definitions } = plan;
  const sysctls = bridgeNetfilter ? settingsBefore(before.sysctls) : null;
  const forwarding = networks === undefined ? before.forwarding : holdForwarding(before.forwarding, networks.wanted);
  const { plugs } = plan;
  const changes =
    networks === undefined ? {} : { networks: plan.networks ?? [], ...(plugs !== undefined && { plugs }) };
  const carried = { operations, bridgeNetfilter, definitions, ...changes };
  const silenced = networks === undefined ? [] : upNics(networks.plugs, networks.links);
  const intent = { generation, boot: readBootId(), marker, plan: carried, sysctls, forwarding, silenced };
  store.intend(intent);
  step('intent-written');

  try {
    const standing = await bringAbout(space, intent, text, networks);
    if (!standing.ok) {
      const undone = await undo(space, intent);
      return undone.ok ? standing : undone;
    }
    // Before the log says "done", so that a crash in between leaves it to the next helper.
    if (sysctls === null) putBack(before.sysctls);
    await putForwardingBack(before.forwarding, forwarding);
    step('settings-put-back');
    store.done(shape);
  } catch (error) {
    // What cannot be written down must not stand.
    await undo(space, intent);
    throw error;
  }
  step('done-written');
  space.status = marker === null ? 'empty' : 'current';
  return succeed(generation);
}

/** Rules first: a network comes up behind them, and is silent before they go. */
async function bringAbout(
  space: Workspace,
  intent: Intent,
  text: NftText,
  networks: Prepared['networks'],
): Promise<Outcome<void, HelperFailure>> {
  if (networks !== undefined) {
    closeLoopback(space.store.setups, networks.wanted);
    const silent = await runBatch(space, 'ip', 'links', [
      ...downLines(wantedDevices(networks.wanted), networks.links),
      ...silencingLines(intent.silenced ?? []),
    ]);
    if (!silent.ok) return silent;
    space.step('links-silenced');
  }
  const loaded = await load(space, intent, text);
  if (!loaded.ok) return loaded;
  space.step('read-back');
  if (networks === undefined) return succeed(undefined);
  const { wanted, changed, links, plugs } = networks;
  const { forwarding = null, marker, silenced = [] } = intent;
  const plugging = plugs.length === 0 ? {} : { plugging: { plugs, silenced, isExact: true } };
  const target = { wanted, changed, known: [space.store.setups, wanted], forwarding, marker, ...plugging };
  return reconcileNetworks(space, target, links);
}

async function load(
  space: Workspace,
  { plan, generation, marker, sysctls }: Intent,
  text: NftText,
): Promise<Outcome<void, HelperFailure>> {
  if (sysctls !== null) {
    const shown = await showPackets(sysctls);
    if (!shown.ok) return shown;
  }
  space.step('packets-shown');
  const applied = await space.nft.apply(text.text);
  if (!applied.ok) return fail(explainNftFailure(applied.failure, plan.operations, text));
  space.step('loaded');

  // The marker of the generation before must stand too: had somebody flushed the tables meanwhile, they would hold this transaction alone.
  const { generation: base, marker: previous } = space.store.inForce;
  const found = await listMarkers(space.nft);
  if (!found.ok) return found;
  const standing = marker === null ? newestMarker(found.value) : found.value.get(generation);
  const isWhole = marker === null || previous === null || found.value.get(base) === previous;
  if ((standing ?? null) !== marker || !isWhole) {
    return fail({ kind: 'not-in-force', expected: marker ?? 'nothing', found: standing ?? 'nothing' });
  }
  space.markers = found.value;
  return succeed(undefined);
}

/** Brings back what was in force before the pending intent, where it does not stand any more; a process that was killed may have committed. */
async function undo(
  space: Workspace,
  { sysctls, forwarding = null, silenced = [], plan: { networks, plugs } }: Intent,
): Promise<Outcome<void, HelperFailure>> {
  const { store } = space;
  const { sysctls: before, forwarding: forwardingBefore, marker } = store.inForce;
  if (before === null) putBack(sysctls);
  else if (sysctls === null) await showPackets(before);
  if (networks !== undefined) closeLoopback(foldNetworks(store.setups, networks), store.setups);
  const found = await listMarkers(space.nft);
  if (!found.ok) return found;
  if ((newestMarker(found.value) ?? null) !== marker) {
    const loaded = await loadWhole(space, store.inForce, store.ruleset());
    if (!loaded.ok) return loaded;
  }
  if (networks !== undefined) {
    const known = [store.setups, foldNetworks(store.setups, networks)];
    const brought = await reconcileNetworks(space, {
      wanted: store.setups,
      changed: new Set(),
      known,
      forwarding: forwardingBefore,
      marker,
      ...(plugs !== undefined && { plugging: { plugs: turnedPlugs(plugs), silenced, isExact: false } }),
    });
    await putForwardingBack(forwarding, forwardingBefore);
    if (!brought.ok) return brought;
  }
  store.drop();
  return succeed(undefined);
}
