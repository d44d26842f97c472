import { spawn } from 'node:child_process';
import { findTool, type ToolName } from '../tools.ts';

/** By then a program that was started surely listens. */
const listeningMilliseconds = 2000;

export interface Follower {
  /** Starts the program where it does not run. */
  ensure(): void;
}

/**
 * Reads what a program prints for as long as we live. `missed`: there may have been something that it did not tell, before it listened, or when the
 * kernel has dropped what was not read fast enough (netlink(7), ENOBUFS), of which nft and ip die.
 */
export function followProgram(
  tool: ToolName,
  args: readonly string[],
  take: (text: string) => void,
  missed: () => void,
): Follower {
  let isRunning = false;
  return {
    ensure() {
      const program = findTool(tool);
      const setpriv = findTool('setpriv');
      if (isRunning || !program.ok || !setpriv.ok) return;
      // It must not outlive us, however we end.
      const child = spawn(setpriv.value, ['--pdeathsig', 'KILL', program.value, ...args], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { LC_ALL: 'C' },
        cwd: '/',
        shell: false,
      });
      isRunning = true;
      setTimeout(missed, listeningMilliseconds).unref();
      child.stdout.on('data', (chunk: Buffer) => take(chunk.toString('latin1')));
      child.once('error', () => undefined);
      child.once('close', () => {
        isRunning = false;
        missed();
      });
    },
  };
}
