import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import type { Emit, Handlers } from '../../shared/rpc/contract.ts';
import type { Failure } from '../../shared/rpc/failure.ts';
import { createAdopter, isUnfinished } from '../engine/create-adopter.ts';
import { watchHealings } from '../engine/host.ts';
import { createLookAgain } from '../engine/look-again.ts';
import { activityHandlers } from './activity/activity-handlers.ts';
import type { App, AppOptions, Listener } from './app.ts';
import { changeHandlers } from './changes/change-handlers.ts';
import { describeApp } from './describe-app.ts';
import { dropHandlers } from './drops/drop-handlers.ts';
import { createDropFollow } from './drops/follow-drops.ts';
import { failureOf } from './failure-of.ts';
import { filterHandlers } from './filters/filter-handlers.ts';
import { tellHealings } from './health/healings-told.ts';
import { healthHandlers } from './health/health-handlers.ts';
import { type MachineWatch, watchMachine } from './machine/machine-watch.ts';
import { type Defined, readMachine } from './machine/read-machine.ts';
import { networkHandlers } from './network/network-handlers.ts';
import { newNetworkHandlers } from './new-network/new-network-handlers.ts';
import { openSession } from './open-session.ts';
import { packetHandlers } from './packet/packet-handlers.ts';
import { settingsHandlers } from './settings/settings-handlers.ts';
import { watchTraffic } from './traffic/watch-traffic.ts';

/** The main side of the contract over the real engine, for whichever front door. */
export function createApp(options: AppOptions): App {
  const listeners = new Set<Listener>();
  let watch: MachineWatch | undefined;
  let stopTraffic: (() => void) | undefined;
  let stopHealings: (() => void) | undefined;
  const emit: Emit = (event, payload) => {
    for (const listener of listeners) listener(event, payload);
  };
  const session = openSession(options, {
    emit,
    changed: () => watch?.refresh(),
    rightsChanged: () => void describeApp(options, session).then((app) => emit('app.changed', app)),
  });

  const drops = createDropFollow(session);

  const tellHealed = tellHealings(emit);
  // What it could not do is a problem of the NIC, which the machine's view shows.
  const adopt = createAdopter();
  // Another helper was at work, or the guest's hypervisor has not said its MAC address yet: no news of links would come of that.
  const again = createLookAgain(() => watch?.refresh());

  /** What is defined, where the helper runs, or may be started without a question; else why it is not known. */
  async function readDefined(): Promise<Outcome<Defined, Failure>> {
    const engine = await session.engine('read');
    if (!engine.ok) return engine;
    const reloaded = await engine.value.reload();
    if (!reloaded.ok) {
      const failure = failureOf(reloaded.failure);
      if (failure.kind === 'helper-died') session.forget();
      again.after(isUnfinished(reloaded));
      return fail(failure);
    }
    if (watch !== undefined) stopHealings ??= watchHealings(options.environment, () => watch?.refresh());
    again.after(isUnfinished(await adopt(engine.value)));
    const { workspace, healings } = engine.value;
    tellHealed(healings);
    const [states, status] = await Promise.all([engine.value.networkStates(), engine.value.status()]);
    if (!states.ok) return fail(failureOf(states.failure));
    if (!status.ok) return fail(failureOf(status.failure));
    return succeed({ workspace, states: states.value, force: status.value.force });
  }

  function stopWatching(): void {
    watch?.stop();
    stopTraffic?.();
    stopHealings?.();
    drops.stop();
    again.stop();
    watch = undefined;
    stopTraffic = undefined;
    stopHealings = undefined;
  }
  const read = async () => readMachine(await readDefined(), Date.now());

  const handlers: Handlers = {
    'app.describe': async () => succeed(await describeApp(options, session)),
    'app.unlock': async () => {
      const engine = await session.engine('change');
      if (!engine.ok) return engine;
      session.changed();
      return succeed(await describeApp(options, session));
    },
    'machine.read': async () => succeed(await read()),
    ...networkHandlers(session),
    ...changeHandlers(session),
    ...activityHandlers(session),
    ...dropHandlers(session),
    'drops.follow': drops.follow,
    ...healthHandlers(session),
    ...settingsHandlers(session),
    ...filterHandlers(session),
    ...packetHandlers(session),
    ...newNetworkHandlers(session),
  };

  return {
    handlers,
    subscribe(listener) {
      listeners.add(listener);
      watch ??= watchMachine({ read, machineChanged: (machine) => emit('machine.changed', machine) });
      stopTraffic ??= watchTraffic(emit);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stopWatching();
      };
    },
    async close() {
      stopWatching();
      await session.close();
    },
  };
}
