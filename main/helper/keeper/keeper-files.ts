import { existsSync, lstatSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { maxDepth } from '../../../shared/plan/limits.ts';
import { type NetworkSetup, networkNameSchema, networkSetupSchema } from '../../../shared/plan/network-setup.ts';
import { parseJson } from '../../../shared/plan/parse-json.ts';
import type { Places } from '../places.ts';
import { readRootFile, replaceRootFile } from '../root-file.ts';

export type Wanted = ReadonlyMap<string, NetworkSetup>;

const wantedName = 'wanted.json';

const wantedSchema = lateSchema(() => z.array(z.tuple([networkNameSchema, networkSetupSchema])));

export function keeperFolder({ run }: Places): string {
  return join(run, 'keeper');
}

/** Which process keeps the networks; any other has to end. */
export function readKeeperPid(places: Places): number | undefined {
  const text = readRootFile(join(keeperFolder(places), 'pid'))?.trim();
  return text !== undefined && /^[1-9][0-9]{0,9}$/.test(text) ? Number(text) : undefined;
}

export function writeKeeperPid(places: Places, pid: number): void {
  replaceRootFile(join(keeperFolder(places), 'pid'), `${pid}\n`, { durable: false });
}

/** Tells the keeper which networks there are. */
export function writeWanted(places: Places, wanted: Wanted): void {
  replaceRootFile(wantedFile(places), JSON.stringify([...wanted]), { durable: false });
}

/** The networks to keep; undefined where there is no such file, or none that can be understood. */
export function readWanted(places: Places): Wanted | undefined {
  const text = readRootFile(wantedFile(places));
  const json = text === undefined ? undefined : parseJson(Buffer.from(text), maxDepth);
  const parsed = wantedSchema.safeParse(json?.value);
  return parsed.success ? new Map(parsed.data) : undefined;
}

/** Calls when the file may have been written again, without which it is found at the next look. */
export function watchWanted(places: Places, changed: () => void): void {
  try {
    const watcher = watch(keeperFolder(places), (_, name) => {
      if (name === wantedName) changed();
    });
    watcher.once('error', () => watcher.close());
  } catch {
    // The folder has gone, and we are about to.
  }
}

/** What differs after every writing of the file, which is never written in place. */
export function wantedStamp(places: Places): string {
  const found = lstatSync(wantedFile(places), { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.ino} ${found.mtimeMs}`;
}

/** Keeps what went wrong while nobody looked. */
export function writeKeeperWords(places: Places, words: string): void {
  replaceRootFile(join(keeperFolder(places), 'words'), words.slice(0, 4096), { durable: false });
}

/** Whether the networks' devices were taken down because the rules are gone; whoever keeps them next has to know. */
export function areSilent(places: Places): boolean {
  return existsSync(silenceFile(places));
}

export function setSilent(places: Places, silent: boolean): void {
  if (silent) replaceRootFile(silenceFile(places), '', { durable: false });
  else rmSync(silenceFile(places), { force: true });
}

export function removeKeeperFiles(places: Places): void {
  rmSync(keeperFolder(places), { recursive: true, force: true });
}

function silenceFile(places: Places): string {
  return join(keeperFolder(places), 'silent');
}

function wantedFile(places: Places): string {
  return join(keeperFolder(places), wantedName);
}
