import { readFileSync } from 'node:fs';
import type { NamespaceSetting } from '../failure.ts';

interface KnownSetting extends NamespaceSetting {
  /** Path below /proc/sys. */
  readonly path: string;
}

const knownSettings: readonly KnownSetting[] = [
  // Ubuntu 23.10 and later: an unconfined program gets a user namespace without any rights in it.
  {
    path: 'kernel/apparmor_restrict_unprivileged_userns',
    key: 'kernel.apparmor_restrict_unprivileged_userns',
    forbids: '1',
    allows: '0',
  },
  // Debian's own patch, on by default since Debian 11.
  {
    path: 'kernel/unprivileged_userns_clone',
    key: 'kernel.unprivileged_userns_clone',
    forbids: '0',
    allows: '1',
  },
  // user_namespaces(7)
  { path: 'user/max_user_namespaces', key: 'user.max_user_namespaces', forbids: '0', allows: '15000' },
];

/** The kernel setting that keeps users from making namespaces, if one does. `read` gives a file's text or undefined. */
export function forbiddingSetting(
  read: (path: string) => string | undefined = readIfThere,
): NamespaceSetting | undefined {
  const found = knownSettings.find(({ path, forbids }) => read(`/proc/sys/${path}`)?.trim() === forbids);
  return found && { key: found.key, forbids: found.forbids, allows: found.allows };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
