import { join } from 'node:path';
import * as z from 'zod';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { readNetSetting, writeNetSetting } from '../networks/net-setting.ts';
import { readRootFile, removeRootFile, replaceRootFile } from '../root-file.ts';

const heldSchema = lateSchema(() => z.record(z.string(), z.strictObject({ before: z.string(), ours: z.string() })));
type Held = z.infer<typeof heldSchema>;

/**
 * Brings settings of others' devices to the values wanted, and puts those back that are wanted no more, if they still are as Guestward has set
 * them. What was before stands in a file of the run folder, written first; a reboot makes both void at once.
 */
export function holdSettings(wanted: ReadonlyMap<string, string>, run: string): void {
  const path = join(run, 'held-proxies.json');
  const held = readHeld(path);
  const next: Held = {};
  for (const [name, ours] of wanted) {
    const now = readNetSetting(name);
    if (now !== undefined) next[name] = { before: held[name]?.before ?? now, ours };
  }
  if (Object.keys(next).length > 0) replaceRootFile(path, JSON.stringify({ ...held, ...next }), { durable: false });
  for (const [name, { ours }] of Object.entries(next)) writeNetSetting(name, ours);
  for (const [name, { before, ours }] of Object.entries(held)) {
    if (!wanted.has(name) && readNetSetting(name) === ours) writeNetSetting(name, before);
  }
  if (Object.keys(next).length === 0) removeRootFile(path);
  else replaceRootFile(path, JSON.stringify(next), { durable: false });
}

/** The names of the settings that are held. */
export function heldSettings(run: string): readonly string[] {
  return Object.keys(readHeld(join(run, 'held-proxies.json')));
}

function readHeld(path: string): Held {
  const text = readRootFile(path);
  // Cut short by a crash of the machine, after which the values are the kernel's own again.
  if (text === undefined || text === '') return {};
  return heldSchema.parse(JSON.parse(text));
}
