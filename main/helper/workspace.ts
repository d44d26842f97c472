import { join } from 'node:path';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import type { InForceStatus } from '../../shared/plan/helper-protocol.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { ownTableIn } from '../../shared/plan/own-names.ts';
import { tableFamilies } from '../../shared/plan/table-families.ts';
import type { Start } from './caller.ts';
import { definitionFolders } from './definition-files.ts';
import { readySign } from './healed-sign.ts';
import { explainQueryFailure } from './kernel-failure.ts';
import { openLock } from './lock.ts';
import { listMarkers, type Markers, newestMarker } from './marker.ts';
import type { NetworkSpace } from './networks/network-space.ts';
import { type Nft, openNft } from './nft.ts';
import type { Places } from './places.ts';
import { createRootFile, removeRootFile } from './root-file.ts';
import { openRootFolder } from './root-folder.ts';
import { settlePending } from './settle-pending.ts';
import type { Step } from './step.ts';
import { openStore, type Store } from './store.ts';
import { findTool } from './tools.ts';

/** The state folder and the kernel, held against other helpers and known to agree. */
export interface Workspace {
  readonly places: Places;
  readonly store: Store;
  readonly nft: Nft;
  /** Descriptor of the lock, for processes that change the kernel. */
  readonly lock: number;
  /** Whether the kernel holds what the store says. */
  status: InForceStatus;
  /** What an interrupted apply had come to. */
  readonly recovered: 'finished' | 'dropped' | undefined;
  /** Whether it was asked to change something. */
  hasWritten: boolean;
  /** Markers that stand in the kernel. */
  markers: Markers;
  /** Told of every step that a crash could come after. */
  readonly step: Step;
  close(): Promise<void>;
}

/**
 * Takes the lock, reads the state folder, finds out what became of an apply that was interrupted, and compares with the kernel. Nothing is
 * changed where the kernel holds rules of unknown origin.
 */
export async function openWorkspace(
  places: Places,
  start: Start,
  step: Step,
  known?: Store,
): Promise<Outcome<Workspace, HelperFailure>> {
  for (const folder of [places.state, places.run, ...definitionFolders(places.state)]) {
    // dnsmasq, which is nobody in particular, reads its lists of hosts below the run folder.
    const opened = openRootFolder(folder, folder === places.run ? 0o711 : 0o700);
    if (!opened.ok) return opened;
  }
  readySign(places);
  const program = findTool('nft');
  if (!program.ok) return program;
  const file = openLock(places.state);
  if (!file.ok) return file;
  const { fd } = file.value;
  const taking = file.value.take(start);
  let nft: Nft | undefined;
  const close = async () => {
    await nft?.close();
    const lock = await taking;
    if (lock.ok) lock.value.release();
  };
  try {
    const unshare = findTool('unshare');
    nft = openNft(program.value, unshare.ok ? unshare.value : undefined, openScratch(places.run), fd);
    // It starts beside flock(1), and is asked nothing before the lock is held.
    nft.warmUp(['query']);
    const lock = await taking;
    if (!lock.ok) {
      await close();
      return lock;
    }
    nft.restartClock();
    const opened = await agree({ places, lock: fd, step }, nft, known);
    if (opened.ok) return succeed({ places, nft, lock: fd, step, close, hasWritten: false, ...opened.value });
    await close();
    return opened;
  } catch (error) {
    await close();
    throw error;
  }
}

async function agree(
  space: NetworkSpace,
  nft: Nft,
  known: Store | undefined,
): Promise<Outcome<Pick<Workspace, 'store' | 'status' | 'recovered' | 'markers'>, HelperFailure>> {
  const opened = known?.isUpToDate() ? succeed(known) : openStore(space.places.state);
  if (!opened.ok) return opened;
  const store = opened.value;
  const listed = await listMarkers(nft);
  if (!listed.ok) return listed;
  const markers = listed.value;
  const newest = newestMarker(markers);
  if (newest !== undefined && newest !== store.inForce.marker && newest !== store.pending?.marker) {
    return fail({ kind: 'foreign-generation', found: newest });
  }
  const recovered = await settlePending(space, store, newest);
  const value = { store, recovered, markers };
  if (newest !== undefined) return succeed({ ...value, status: 'current' });
  if (store.inForce.marker !== null) return succeed({ ...value, status: 'lost' });
  const tables = await nft.query('list tables');
  if (!tables.ok) return fail(explainQueryFailure(tables.failure));
  const foreign = tableFamilies.find((family) => tables.value.split('\n').includes(`table ${ownTableIn(family)}`));
  if (foreign === undefined) return succeed({ ...value, status: 'empty' });
  return fail({ kind: 'foreign-generation', found: `a table ${ownTableIn(foreign)} without a generation` });
}

/** A file without a name, which only our own processes can reach. */
function openScratch(run: string): number {
  const path = join(run, `transaction.${process.pid}`);
  const fd = createRootFile(path);
  removeRootFile(path);
  return fd;
}
