import { formatMac } from '../../../shared/net/mac.ts';
import type { Port } from '../../../shared/network/port.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { Action, Applied } from '../../../shared/rpc/changes.ts';
import type { Handlers } from '../../../shared/rpc/contract.ts';
import type { Failure } from '../../../shared/rpc/failure.ts';
import { type ChangingAction, changesFor } from '../../engine/actions/changes-for.ts';
import { randomMac } from '../../engine/actions/new-port.ts';
import { titleOf } from '../../engine/actions/title-of.ts';
import { cutsOff } from '../../engine/cuts-off.ts';
import type { Changes, Engine, Applied as EngineApplied } from '../../engine/engine.ts';
import { examine, type Finding } from '../../engine/examine.ts';
import { devicePlaces, findGuestMac, hostNetworks } from '../../engine/host.ts';
import { previewOf } from '../../engine/words/preview-of.ts';
import { guestLines } from '../../networks/guest-lines/guest-lines.ts';
import { tellActivity } from '../activity/activity-of.ts';
import { callingUser } from '../calling-user.ts';
import { failureOf } from '../failure-of.ts';
import type { AppSession } from '../session.ts';
import { viewerAddress } from '../viewer-address.ts';
import { createConfirmation } from './confirmation.ts';

const isRestore = ({ action }: Action): boolean => action === 'restore';

const restoreAlone = fail<Failure>({
  kind: 'bad-request',
  message: 'What the kernel lost is brought back by itself, not together with other changes.',
});

/** What doctor finds now in the networks that are to be cured. */
async function findingsFor(engine: Engine, actions: readonly Action[]): Promise<Outcome<readonly Finding[], Failure>> {
  const networks = actions.flatMap((action) => (action.action === 'cure' ? [action.network] : []));
  if (networks.length === 0) return succeed([]);
  const examined = await examine(engine, new Set(networks));
  return examined.ok ? examined : fail(failureOf(examined.failure));
}

async function changesOf(engine: Engine, actions: readonly Action[]): Promise<Outcome<Changes, Failure>> {
  const findings = await findingsFor(engine, actions);
  if (!findings.ok) return findings;
  const places = devicePlaces();
  const around = {
    owner: callingUser(),
    hostNetworks,
    findGuestMac: (device: string) => findGuestMac(device)?.mac,
    isThere: (device: string) => places.has(device),
    makeMac: randomMac,
    findings: findings.value,
  };
  return succeed((workspace) => changesFor(actions as readonly ChangingAction[], workspace, around));
}

/** The port that a change has made. */
function madePort({ plan, workspace }: EngineApplied): Applied['port'] {
  const made = plan.definitions.find(({ kind, text }) => kind === 'port' && text !== null);
  const port: Port | undefined = made && workspace.ports.get(made.name);
  const network = port && workspace.networks.get(port.network);
  const bridge = (network?.live ?? network?.persistent)?.document.bridge.name ?? '';
  return port && { device: port.device, mac: formatMac(port.mac), lines: [...guestLines(port, bridge)] };
}

/** What an applied change says to whoever asked for it. */
export function appliedOf(title: string, applied: EngineApplied): Applied {
  const port = madePort(applied);
  return {
    title,
    ...(applied.activity !== undefined && { activity: applied.activity }),
    ...(applied.confirmBefore !== undefined && { confirmBefore: applied.confirmBefore }),
    notes: [...applied.notes, ...applied.warnings.map(({ message }) => message)],
    milliseconds: applied.helperMilliseconds,
    ...(port !== undefined && { port }),
  };
}

async function restore(session: AppSession, engine: Engine, title: string): Promise<Outcome<Applied, Failure>> {
  const started = performance.now();
  const restored = await engine.restore();
  if (!restored.ok) return fail(failureOf(restored.failure));
  session.changed();
  return succeed({ title, notes: [...restored.value.notes], milliseconds: performance.now() - started });
}

/** Previews and changes: what is asked for becomes one plan, which happens wholly or not at all. */
export function changeHandlers(
  session: AppSession,
): Pick<Handlers, 'change.preview' | 'change.apply' | 'change.confirm'> {
  const confirmation = createConfirmation(session);
  return {
    async 'change.preview'({ actions }) {
      const engine = await session.engine('read');
      if (!engine.ok) return engine;
      const title = titleOf(actions);
      const reloaded = await engine.value.reload();
      if (!reloaded.ok) return fail(failureOf(reloaded.failure));
      if (actions.some(isRestore)) {
        if (actions.length > 1) return restoreAlone;
        const steps = ['rules and networks come back as they were last in force'];
        return succeed({
          title,
          steps,
          interrupts: [],
          nics: [],
          needsConfirmation: false,
          definitions: [],
          nftText: '',
          warnings: [],
        });
      }
      const changes = await changesOf(engine.value, actions);
      if (!changes.ok) return changes;
      const before = engine.value.workspace;
      const tried = await engine.value.apply(changes.value, { dryRun: true });
      if (!tried.ok) return fail(failureOf(tried.failure));
      return succeed(previewOf(title, tried.value, before, cutsOff(tried.value, before, viewerAddress())));
    },

    'change.confirm': () => confirmation.confirm(),

    async 'change.apply'({ actions, confirmWithin }) {
      const engine = await session.engine('change');
      if (!engine.ok) return engine;
      const title = titleOf(actions);
      if (actions.some(isRestore)) return actions.length > 1 ? restoreAlone : restore(session, engine.value, title);
      const changes = await changesOf(engine.value, actions);
      if (!changes.ok) return changes;
      const applied = await engine.value.apply(changes.value, { dryRun: false, title, confirmWithin });
      if (!applied.ok) return fail(failureOf(applied.failure));
      session.changed();
      await tellActivity(session, engine.value, applied.value.activity);
      confirmation.follow(title, applied.value, engine.value);
      return succeed(appliedOf(title, applied.value));
    },
  };
}
