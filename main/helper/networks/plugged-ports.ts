import { join } from 'node:path';
import * as z from 'zod';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { maxDepth } from '../../../shared/plan/limits.ts';
import { networkNameSchema } from '../../../shared/plan/network-setup.ts';
import { parseJson } from '../../../shared/plan/parse-json.ts';
import { deviceNameSchema } from '../../../shared/plan/ruleset.ts';
import type { Places } from '../places.ts';
import { readRootFile, replaceRootFile } from '../root-file.ts';

/** A device, and its index, by which another one of the same name is told from it. */
export interface PluggedPort {
  readonly device: string;
  readonly index: number;
}

/** What others had plugged into each network when it was last seen. */
export type PluggedPorts = ReadonlyMap<string, readonly PluggedPort[]>;

const schema = lateSchema(() =>
  z.array(z.tuple([networkNameSchema, z.array(z.object({ device: deviceNameSchema, index: z.int() }))])),
);

/** `plugged.json` of the run folder, which outlives a network that is stopped, and no boot. */
const pathOf = ({ run }: Places): string => join(run, 'plugged.json');

export function readPlugged(places: Places): PluggedPorts {
  const text = readRootFile(pathOf(places));
  const parsed = schema.safeParse(text === undefined ? [] : parseJson(Buffer.from(text), maxDepth)?.value);
  return new Map(parsed.success ? parsed.data : []);
}

export function writePlugged(places: Places, plugged: PluggedPorts): void {
  replaceRootFile(pathOf(places), JSON.stringify([...plugged]), { durable: false });
}
