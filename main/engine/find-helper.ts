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

/** Where the package puts the helper: root's alone, and the program that the polkit actions speak of. */
export const installedHelper = '/usr/lib/guestward/helper.mjs';

const pkexec = '/usr/bin/pkexec';
const sudo = '/usr/bin/sudo';

/** The helper runs no code that it makes up, and has no way from an object to its prototype. */
const nodeFlags = ['--disallow-code-generation-from-strings', '--disable-proto=delete', '--no-warnings'];

/** Finds out how the helper can be started by whoever runs this process. */
export function findHelper(options: HelperOptions): Outcome<HelperCommand, StartFailure> {
  const mode = options.readOnly === true ? '--stdio-read' : '--stdio';
  if (process.getuid?.() === 0) return asRoot(options);
  if (existsSync(installedHelper) && existsSync(pkexec)) return asUserThroughPkexec(mode);
  return asUserThroughSudo(mode, options);
}

function asRoot({ stateDir, runDir }: HelperOptions): Outcome<HelperCommand, StartFailure> {
  const helper = ownHelper();
  if (!helper.ok) return helper;
  const env: Record<string, string> = {};
  if (stateDir !== undefined) env['GUESTWARD_STATE_DIR'] = stateDir;
  if (runDir !== undefined) env['GUESTWARD_RUN_DIR'] = runDir;
  return succeed({
    program: ownNode(),
    args: [...nodeFlags, helper.value, '--stdio'],
    env,
    explainExit: (_, stderr) => ({ kind: 'helper-died', message: stderr }),
  });
}

function asUserThroughPkexec(mode: string): Outcome<HelperCommand, StartFailure> {
  const stats = lstatSync(installedHelper);
  if (stats.uid !== 0 || (stats.mode & 0o022) !== 0 || !stats.isFile()) {
    return fail({ kind: 'helper-not-trusted', path: installedHelper, message: 'others than root can change it' });
  }
  return succeed({
    program: pkexec,
    args: [installedHelper, mode],
    env: environmentForQuestions(),
    explainExit(status, stderr) {
      // man pkexec, RETURN VALUE.
      if (status === 126) return { kind: 'cancelled' };
      return status === 127 ? { kind: 'not-authorised', message: stderr } : { kind: 'helper-died', message: stderr };
    },
  });
}

/** A checkout's helper belongs to its developer, who can already do as root whatever sudo allows; it is not for anybody else. */
function asUserThroughSudo(mode: string, { explain }: HelperOptions): Outcome<HelperCommand, StartFailure> {
  const helper = existsSync(installedHelper) ? succeed(installedHelper) : ownHelper();
  if (!helper.ok) return helper;
  if (!existsSync(sudo)) return fail({ kind: 'helper-missing', path: sudo, message: 'only root can change the rules' });
  explain?.(`Changing the rules of the kernel needs root: sudo asks for your password to run ${helper.value}`);
  return succeed({
    program: sudo,
    args: ['--', ownNode(), ...nodeFlags, helper.value, mode],
    env: environmentForQuestions(),
    explainExit: (_, stderr) =>
      /incorrect password|password is required|not in the sudoers|not allowed/.test(stderr)
        ? { kind: 'not-authorised', message: stderr }
        : { kind: 'helper-died', message: stderr },
  });
}

/** What pkexec's and sudo's questions need to find the user's screen or terminal; the helper sees none of it. */
function environmentForQuestions(): Readonly<Record<string, string>> {
  const names = [
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XAUTHORITY',
    'XDG_RUNTIME_DIR',
    'DBUS_SESSION_BUS_ADDRESS',
    'TERM',
    'LANG',
    'HOME',
  ];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** The Node that Guestward was tested with, where it is there; root should not run on whatever PATH has. */
function ownNode(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = [join(here, 'node'), join(here, '..', '..', 'node_modules', '.bin', 'node')];
  return candidates.find((candidate) => existsSync(candidate)) ?? process.execPath;
}

/** The helper beside this program: bundled with it, or in the checkout that it runs from. */
function ownHelper(): Outcome<string, StartFailure> {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = [join(here, 'helper.mjs'), join(here, '..', 'helper', 'helper.ts')];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path !== undefined) return succeed(path);
  return fail({ kind: 'helper-missing', path: candidates.join(' or '), message: 'run "npm run build" to make it' });
}
