import type { AppDescription } from '../../shared/rpc/app.ts';
import type { Engine } from '../engine/engine.ts';
import type { AppOptions } from './app.ts';
import { appVersion } from './app-version.ts';
import type { OpenSession } from './open-session.ts';

const defaultStateFolder = '/var/lib/guestward';

/** What of the kernel changes how well rules can do their work, in words. */
function abilitiesOf({ workspace: { abilities } }: Engine): AppDescription['abilities'] {
  return [
    {
      name: 'bridge conntrack',
      present: abilities.bridgeConntrack,
      meaning: 'The kernel follows connections between guests of one bridge by itself; without it, br_netfilter does.',
    },
    {
      name: 'bridge reject',
      present: abilities.bridgeReject,
      meaning: 'A rejected frame is answered at once from the bridge; without it, from the host.',
    },
    {
      name: 'br_netfilter',
      present: abilities.bridgeNetfilter,
      meaning: 'Packets between guests can be judged by ports and connections where the bridge itself cannot.',
    },
    {
      name: 'drop log',
      present: abilities.dropLog === true,
      meaning: 'The kernel tells which packets rules drop, as they do; without it, it counts them.',
    },
  ];
}

/** What the app is, and what it may do. The helper is asked only if it runs already. */
export async function describeApp(
  { environment, door, place }: AppOptions,
  { rights, consent, opened }: OpenSession,
): Promise<AppDescription> {
  const status = await opened?.status();
  const known = status?.ok === true ? status.value : undefined;
  return {
    version: appVersion,
    place,
    door,
    rights,
    consent,
    backend: known && {
      ...known.backend,
      kernel: known.kernel.release,
      nftVersion: known.kernel.nftVersion,
    },
    abilities: opened === undefined ? [] : abilitiesOf(opened),
    stateFolder: known?.stateFolder ?? environment['GUESTWARD_STATE_DIR'] ?? defaultStateFolder,
  };
}
