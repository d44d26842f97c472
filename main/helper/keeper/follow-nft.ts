import { spawn } from 'node:child_process';
import { findTool } from '../tools.ts';
import { type RulesetChange, readRulesetChanges } from './read-ruleset-changes.ts';

/** By then nft surely listens. */
const listeningMilliseconds = 2000;

export interface NftFollower {
  /** Starts `nft monitor` where it does not run. */
  ensure(): void;
}

/**
 * Hears of every change to the kernel's rules. `missed`: there may have been some that nobody heard of, before it listened, or when the kernel has
 * dropped what was not read fast enough (netlink(7), ENOBUFS), of which nft dies.
 */
export function followNft(heard: (change: RulesetChange) => void, missed: () => void): NftFollower {
  let isRunning = false;
  return {
    ensure() {
      const nft = findTool('nft');
      const setpriv = findTool('setpriv');
      if (isRunning || !nft.ok || !setpriv.ok) return;
      // It must not outlive us, however we end.
      const child = spawn(setpriv.value, ['--pdeathsig', 'KILL', nft.value, 'monitor'], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { LC_ALL: 'C' },
        cwd: '/',
        shell: false,
      });
      isRunning = true;
      setTimeout(missed, listeningMilliseconds).unref();
      const read = readRulesetChanges(heard);
      child.stdout.on('data', (chunk: Buffer) => read(chunk.toString('latin1')));
      child.once('error', () => undefined);
      child.once('close', () => {
        isRunning = false;
        missed();
      });
    },
  };
}
