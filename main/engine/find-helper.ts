import { existsSync, lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';

/** Why no helper could be started, or why it ended before it had answered. */
export type StartFailure =
  | { readonly kind: 'helper-missing'; readonly path: string; readonly message: string }
  /** Somebody but root could change the program that would run as root. */
  | { readonly kind: 'helper-not-trusted'; readonly path: string; readonly message: string }
  /** The question for the password was closed. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'not-authorised'; readonly message: string }
  | { readonly kind: 'helper-died'; readonly message: string };

export interface HelperOptions {
  /** Where definitions and run-time files are kept; heeded only for root. */
  readonly stateDir?: string | undefined;
  readonly runDir?: string | undefined;
  /** Only reading methods will be called: a user is asked for less. */
  readonly readOnly?: boolean;
  /** Says why a password is about to be asked for. */
  readonly explain?: (message: string) => void;
}

/** A command line that starts the helper. */
export interface HelperCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  explainExit(status: number | null, stderr: string): StartFailure;
}

/** What has to be known of the machine to find the way to root. */
export interface HelperHost {
  readonly uid: number;
  readonly node: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of this module, bundled or not. */
  readonly here: string;
  exists(path: string): boolean;
  /** Owner and mode of the file itself, never of what a link leads to. */
  look(path: string): { readonly uid: number; readonly mode: number; readonly isLink: boolean };
}

/** Where the package puts the helper: root's alone, and the program that the polkit actions speak of. */
export const installedHelper = '/usr/lib/guestward/helper.mjs';

const pkexec = '/usr/bin/pkexec';
const sudo = '/usr/bin/sudo';

/** The helper runs no code that it makes up, has no way from an object to its prototype, and keeps its young memory small. */
const nodeFlags = [
  '--disallow-code-generation-from-strings',
  '--disable-proto=delete',
  '--max-semi-space-size=1',
  '--no-warnings',
];

const thisHost: HelperHost = {
  uid: process.getuid?.() ?? -1,
  node: process.execPath,
  env: process.env,
  here: dirname(fileURLToPath(import.meta.url)),
  exists: existsSync,
  look(path) {
    const stats = lstatSync(path);
    return { uid: stats.uid, mode: stats.mode, isLink: stats.isSymbolicLink() };
  },
};

/** Finds out how the helper can be started by whoever runs this process. */
export function findHelper(options: HelperOptions, host = thisHost): Outcome<HelperCommand, StartFailure> {
  const mode = options.readOnly === true ? '--stdio-read' : '--stdio';
  if (host.uid === 0) return asRoot(options, host);
  if (host.exists(installedHelper) && host.exists(pkexec)) return asUserThroughPkexec(mode, host);
  return asUserThroughSudo(mode, options, host);
}

function asRoot({ stateDir, runDir }: HelperOptions, host: HelperHost): Outcome<HelperCommand, StartFailure> {
  const helper = ownHelper(host);
  if (!helper.ok) return helper;
  const env: Record<string, string> = {};
  if (stateDir !== undefined) env['GUESTWARD_STATE_DIR'] = stateDir;
  if (runDir !== undefined) env['GUESTWARD_RUN_DIR'] = runDir;
  return succeed({
    program: ownNode(host),
    args: [...nodeFlags, helper.value, '--stdio'],
    env,
    explainExit: (_, stderr) => ({ kind: 'helper-died', message: stderr }),
  });
}

function asUserThroughPkexec(mode: string, host: HelperHost): Outcome<HelperCommand, StartFailure> {
  const message = distrust(installedHelper, host);
  if (message !== undefined) return fail({ kind: 'helper-not-trusted', path: installedHelper, message });
  return succeed({
    program: pkexec,
    args: [installedHelper, mode],
    env: environmentForQuestions(host),
    explainExit(status, stderr) {
      // man pkexec, RETURN VALUE.
      if (status === 126) return { kind: 'cancelled' };
      return status === 127 ? { kind: 'not-authorised', message: stderr } : { kind: 'helper-died', message: stderr };
    },
  });
}

/** A checkout's helper belongs to its developer, who can already do as root whatever sudo allows; it is not for anybody else. */
function asUserThroughSudo(
  mode: string,
  { explain, readOnly }: HelperOptions,
  host: HelperHost,
): Outcome<HelperCommand, StartFailure> {
  const helper = host.exists(installedHelper) ? succeed(installedHelper) : ownHelper(host);
  if (!helper.ok) return helper;
  const message = helper.value === installedHelper ? distrust(installedHelper, host) : undefined;
  if (message !== undefined) return fail({ kind: 'helper-not-trusted', path: installedHelper, message });
  if (!host.exists(sudo)) return fail({ kind: 'not-authorised', message: 'there is neither pkexec nor sudo' });
  const what = readOnly === true ? 'Seeing what is in force' : 'Changing the networks and rules of this machine';
  explain?.(`${what} needs root: sudo asks for your password to run ${helper.value}`);
  const started = helper.value === installedHelper ? [] : [ownNode(host), ...nodeFlags];
  return succeed({
    program: sudo,
    args: ['--', ...started, helper.value, mode],
    env: environmentForQuestions(host),
    explainExit: (_, stderr) =>
      /incorrect password|password is required|not in the sudoers|not allowed/.test(stderr)
        ? { kind: 'not-authorised', message: stderr }
        : { kind: 'helper-died', message: stderr },
  });
}

/** Why somebody but root could change the file: a sentence. Every folder above it counts. */
function distrust(path: string, host: HelperHost): string | undefined {
  const { uid, mode, isLink } = host.look(path);
  if (uid !== 0) return `${path} belongs to uid ${uid}`;
  if (isLink) return `${path} is a symbolic link`;
  if ((mode & 0o022) !== 0) return `${path} can be written to by others than root`;
  return path === '/' ? undefined : distrust(dirname(path), host);
}

/** What pkexec's and sudo's questions need to find the user's screen or terminal; the helper sees none of it. */
function environmentForQuestions({ env }: HelperHost): Readonly<Record<string, string>> {
  const names = ['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'];
  const found = [...names, 'TERM', 'LANG', 'HOME'].map((name) => [name, env[name]] as const);
  return Object.fromEntries(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** The Node that Guestward was tested with, where it is there; root should not run on whatever PATH has. */
function ownNode({ here, exists, node }: HelperHost): string {
  const candidates = [join(here, 'node'), join(here, '..', '..', 'node_modules', '.bin', 'node')];
  return candidates.find(exists) ?? node;
}

/** The helper beside this program; where that runs from its sources, the one that was last built in their checkout. */
function ownHelper({ here, exists }: HelperHost): Outcome<string, StartFailure> {
  const candidates = [join(here, 'helper.mjs'), join(here, '..', '..', 'build', 'dist', 'helper.mjs')];
  const path = candidates.find(exists);
  if (path !== undefined) return succeed(path);
  return fail({ kind: 'helper-missing', path: candidates.join(' or '), message: 'run "npm run build" to make it' });
}
