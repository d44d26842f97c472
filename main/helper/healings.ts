import { join } from 'node:path';
import * as z from 'zod';
import { type Healing, healingSchema } from '../../shared/plan/healing.ts';
import { lateSchema } from '../../shared/plan/late-schema.ts';
import { maxDepth } from '../../shared/plan/limits.ts';
import { parseJson } from '../../shared/plan/parse-json.ts';
import { signHealed } from './healed-sign.ts';
import type { Places } from './places.ts';
import { readRootFile, replaceRootFile } from './root-file.ts';

/** Older ones are forgotten. */
const maxHealings = 50;

const fileSchema = lateSchema(() => z.array(healingSchema));

/** What was put back while nobody looked, the oldest first; nothing where the file is not to be understood, for it is no more than a report. */
export function readHealings(state: string): readonly Healing[] {
  const text = readRootFile(healingsPath(state));
  if (text === undefined) return [];
  const parsed = fileSchema.safeParse(parseJson(Buffer.from(text), maxDepth)?.value);
  return parsed.success ? parsed.data : [];
}

/** Writes one down; what waited, or failed, is over when something newer is to be said of the same thing. */
export function recordHealing(places: Places, healing: Healing): void {
  const { state } = places;
  const kept = readHealings(state).filter(({ what, outcome }) => what !== healing.what || outcome === 'healed');
  replaceRootFile(healingsPath(state), `${JSON.stringify([...kept, healing].slice(-maxHealings))}\n`, {
    durable: false,
  });
  signHealed(places);
}

function healingsPath(state: string): string {
  return join(state, 'healings.json');
}
