import { isAbsolute, resolve } from 'node:path';
import type { Start } from './caller.ts';

/** The two folders that the helper works in. */
export interface Places {
  /** Definitions and what is in force; survives a reboot. */
  readonly state: string;
  /** Files that no reboot needs to survive. */
  readonly run: string;
}

/**
 * Where the folders are. Only root itself may name others (root of a user namespace, as in the lab, is root there): a path that a user could
 * choose would make the helper write where the user cannot.
 */
export function findPlaces(start: Start, env: Readonly<Record<string, string | undefined>>): Places {
  const own = start.caller === 'root' ? env : {};
  return {
    state: absolute(own['GUESTWARD_STATE_DIR']) ?? '/var/lib/guestward',
    run: absolute(own['GUESTWARD_RUN_DIR']) ?? '/run/guestward',
  };
}

function absolute(path: string | undefined): string | undefined {
  if (path === undefined || !isAbsolute(path) || path.includes('\0')) return undefined;
  const plain = resolve(path);
  return plain === '/' ? undefined : plain;
}
