import { existsSync } from 'node:fs';
import { LabError } from '../failure.ts';
import { ownCommandLine } from '../role.ts';
import { tools, tryTool } from '../run-tool.ts';
import { forbiddingSetting } from './forbidding-setting.ts';

/** The program that makes the namespaces, and its arguments up to the command that is to run in them. */
export interface WayIn {
  readonly command: readonly [string, ...string[]];
  /** How nsenter(1) is called by whoever wants to enter them from another terminal. */
  readonly enter: string;
  /** What the user should know of it, one sentence. */
  readonly note: string | undefined;
}

const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child'];
const ofUser = ['--user', '--map-root-user', ...namespaces];

/** Finds how this user may make namespaces: as root, in a user namespace, or through sudo. Throws a LabError if not at all. */
export async function findWayIn(): Promise<WayIn> {
  const asRoot = process.getuid?.() === 0;
  const options = asRoot ? namespaces : ofUser;
  // Ubuntu's AppArmor lets the namespaces be made and refuses what one does in them, so the probe does something.
  const probe = await tryTool(tools.unshare, [...options, tools.mount, '-t', 'tmpfs', 'guestward', '/run']);
  if (probe.status === 0) {
    const asUser = process.env['SUDO_USER'] === undefined ? 'nsenter' : 'sudo nsenter';
    const enter = asRoot ? asUser : 'nsenter -U --preserve-credentials';
    return { command: [tools.unshare, ...options], enter, note: undefined };
  }

  const setting = forbiddingSetting();
  if (!asRoot && (await mayUseSudo())) {
    const because = setting ? ` (${setting.key} is ${setting.forbids})` : '';
    return {
      command: [tools.sudo, tools.unshare, ...namespaces],
      enter: 'sudo nsenter',
      note: `Only root may make namespaces here${because}: going through sudo.`,
    };
  }
  throw new LabError({
    kind: 'namespaces-forbidden',
    asRoot,
    setting,
    detail: probe.stderr.trim(),
    command: ['sudo', ...ownCommandLine()].join(' '),
  });
}

async function mayUseSudo(): Promise<boolean> {
  if (!existsSync(tools.sudo)) return false;
  if (process.stdin.isTTY) return true;
  return (await tryTool(tools.sudo, ['--non-interactive', 'true'])).status === 0;
}
