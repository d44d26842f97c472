import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { definitionNameOf } from '../../../shared/plan/definition-file-name.ts';
import type { Places } from '../places.ts';
import { isErrno, removeRootFile } from '../root-file.ts';
import { leasesFolder } from './dnsmasq-files.ts';

/** Forgets which guest had which address in networks that are no more. */
export function forgetStrayLeases(places: Places, isKnown: (network: string) => boolean): void {
  const folder = leasesFolder(places);
  for (const file of readNames(folder)) {
    const network = file.endsWith('.leases') ? definitionNameOf(file.replace(/leases$/, 'xml')) : undefined;
    if (network !== undefined && !isKnown(network)) removeRootFile(join(folder, file));
  }
}

function readNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}
