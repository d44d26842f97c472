import type { Caller } from '../../shared/plan/helper-failure.ts';

/** Who started this process, told by what the kernel, pkexec and sudo say, never by the caller. */
export interface Start {
  readonly caller: Caller;
  /** The person behind it. */
  readonly uid: number;
}

/** Variables by which whoever starts Node or the loader can make it run code or write files. */
const dangerous = /^(?:NODE_|LD_|OPENSSL_|SSL_CERT_|GCONV_PATH$|UV_)/;

/** The argument with which the helper starts the keeper, as root and of itself; nobody is given it. */
export const keeperArgument = 'keep';

/** The one argument that a user may give; each has a polkit action of its own. */
const modes: Readonly<Record<string, boolean>> = { '--stdio': false, '--stdio-read': true };

/**
 * Decides who started the helper, or why it must not run; a sentence then. pkexec sets PKEXEC_UID and sudo SUDO_UID in an environment that they
 * made themselves, so a user cannot be without them. Root can forge them and would only lose by it.
 */
export function identifyStart(
  env: Readonly<Record<string, string | undefined>>,
  uid: number,
  args: readonly string[],
): Start | string {
  if (uid !== 0) return 'the helper must run as root';
  const [mode, ...more] = args;
  const keeps = mode === keeperArgument;
  const readsOnly = keeps ? false : mode === undefined || !Object.hasOwn(modes, mode) ? undefined : modes[mode];
  if (readsOnly === undefined || more.length > 0) return 'usage: helper --stdio | --stdio-read';
  const pkexecUid = readUid(env['PKEXEC_UID']);
  const sudoUid = readUid(env['SUDO_UID']);
  if (pkexecUid === 'broken' || sudoUid === 'broken') return 'PKEXEC_UID or SUDO_UID is not a number';
  if (pkexecUid === undefined && sudoUid === undefined && !readsOnly) return { caller: 'root', uid };
  if (keeps) return 'only root itself may start the keeper';
  const found = Object.keys(env).find((name) => dangerous.test(name));
  if (found !== undefined) return `the environment has ${found} in it`;
  if (pkexecUid !== undefined) return { caller: readsOnly ? 'pkexec-read' : 'pkexec', uid: pkexecUid };
  return { caller: readsOnly ? 'sudo-read' : 'sudo', uid: sudoUid ?? uid };
}

function readUid(text: string | undefined): number | 'broken' | undefined {
  if (text === undefined) return undefined;
  return /^(?:0|[1-9][0-9]{0,9})$/.test(text) ? Number(text) : 'broken';
}
