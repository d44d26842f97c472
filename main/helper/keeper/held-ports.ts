import { join } from 'node:path';
import * as z from 'zod';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { maxDepth } from '../../../shared/plan/limits.ts';
import { parseJson } from '../../../shared/plan/parse-json.ts';
import type { Places } from '../places.ts';
import { readRootFile, replaceRootFile } from '../root-file.ts';
import { keeperFolder } from './keeper-files.ts';

/** Ports, by index, that something was done to here: what somebody else has done to others is none of ours to undo. */
export interface HeldPorts {
  read(): Set<number>;
  write(held: ReadonlySet<number>): void;
}

const heldSchema = lateSchema(() => z.array(z.int()));

export function heldPorts(places: Places, name: 'isolated' | 'closed'): HeldPorts {
  const path = join(keeperFolder(places), `${name}.json`);
  return {
    read() {
      const text = readRootFile(path);
      const parsed = heldSchema.safeParse(text === undefined ? [] : parseJson(Buffer.from(text), maxDepth)?.value);
      return new Set(parsed.success ? parsed.data : []);
    },
    write(held) {
      replaceRootFile(path, JSON.stringify([...held]), { durable: false });
    },
  };
}
