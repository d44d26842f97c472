import { join } from 'node:path';
import * as z from 'zod';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { maxDepth } from '../../../shared/plan/limits.ts';
import { networkNameSchema } from '../../../shared/plan/network-setup.ts';
import { parseJson } from '../../../shared/plan/parse-json.ts';
import { deviceNameSchema } from '../../../shared/plan/ruleset.ts';
import type { Places } from '../places.ts';
import { readRootFile, replaceRootFile } from '../root-file.ts';

/** A port that another program has plugged in; by its index it is told from another device of its name. */
export interface PluggedPort {
  readonly device: string;
  readonly index: number;
  /** It was the keeper that had it down. */
  readonly closed: boolean;
}

/** What was in a network's bridge when that was last seen. */
export interface Plugged {
  /** The bridge's index: one that is made anew has another. */
  readonly bridge: number;
  readonly ports: readonly PluggedPort[];
}

export type PluggedPorts = ReadonlyMap<string, Plugged>;

const portSchema = lateSchema(() => z.object({ device: deviceNameSchema, index: z.int(), closed: z.boolean() }));
const schema = lateSchema(() =>
  z.array(z.tuple([networkNameSchema, z.object({ bridge: z.int(), ports: z.array(portSchema) })])),
);

/** `plugged.json` of the run folder, which outlives the last network and its keeper, and no boot. */
const pathOf = ({ run }: Places): string => join(run, 'plugged.json');

export function readPlugged(places: Places): PluggedPorts {
  const text = readRootFile(pathOf(places));
  const parsed = schema.safeParse(text === undefined ? [] : parseJson(Buffer.from(text), maxDepth)?.value);
  return new Map(parsed.success ? parsed.data : []);
}

export function writePlugged(places: Places, plugged: PluggedPorts): void {
  replaceRootFile(pathOf(places), JSON.stringify([...plugged]), { durable: false });
}
