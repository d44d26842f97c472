import type { EngineFailure } from '../failure.ts';
import { type NetworkDraft, setDocument } from './network-draft.ts';
import { startNetwork } from './start-network.ts';

/** Port forwards whose time is over leave the definitions. */
function dropExpired(draft: NetworkDraft): void {
  const { now } = draft.surroundings;
  for (const { name, ...sides } of [...draft.networks.values()]) {
    for (const side of ['persistent', 'live'] as const) {
      const document = sides[side]?.document;
      const { settings } = document ?? {};
      if (document === undefined || settings === undefined) continue;
      const forwards = settings.forwards.filter(({ expires }) => expires === undefined || expires > now);
      if (forwards.length === settings.forwards.length) continue;
      setDocument(draft, name, side, { ...document, settings: { ...settings, forwards } });
    }
  }
}

function reasonOf(failure: EngineFailure): string {
  switch (failure.kind) {
    case 'subnet-taken':
      return `its subnet overlaps ${failure.overlaps.map(({ rival }) => rival.subnet).join(', ')}`;
    case 'bridge-taken':
      return `the host has a device named ${failure.bridge} already`;
    case 'bridge-missing':
      return `the host has no bridge named ${failure.bridge}`;
    case 'uplink-missing':
      return 'the host has no way to the LAN';
    case 'forward-taken':
    case 'port-in-use':
      return `${failure.protocol} port ${failure.port} of the host is not free for its forward`;
    default:
      return failure.kind;
  }
}

function forgetLive(draft: NetworkDraft, name: string): void {
  setDocument(draft, name, 'live', undefined);
  draft.files.set(`live-network ${name}`, { kind: 'live-network', name, text: null });
}

/** After the machine's start no network stands; those of `autostart` start as they are defined, as far as nothing is in their way. */
function startAgain(draft: NetworkDraft): void {
  for (const name of Object.keys(draft.surroundings.setups)) forgetLive(draft, name);
  for (const stored of [...draft.networks.values()]) {
    const persistent = stored.persistent?.document;
    if (persistent?.settings.autostart !== true) continue;
    const started = startNetwork(persistent, draft);
    if (started.ok) continue;
    const { name } = persistent;
    draft.notes.add(`${name} could not start: ${reasonOf(started.failure)}.`);
  }
}

/** What time has done to the networks since they were last looked at. */
export function keepUp(draft: NetworkDraft): void {
  dropExpired(draft);
  if (draft.surroundings.rebooted) startAgain(draft);
}
