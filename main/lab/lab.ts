import { formatLabFailure, LabError } from './failure.ts';
import type { LabOptions } from './lab-options.ts';
import { roleVariable } from './role.ts';
import { endWith } from './room/ending.ts';

export type { LabOptions } from './lab-options.ts';

/**
 * The practice room: two guests, a LAN and an attack, in namespaces that vanish with it. Returns the exit status: 0, or
 * 1 if the lab could not be built or something did not happen as it should. The command line that called it must lead
 * here again when it is run in a new process, which is how the room and its guests come to be.
 */
export async function runLab(options: LabOptions): Promise<number> {
  try {
    switch (process.env[roleVariable]) {
      case 'guest': {
        const { beGuest } = await import('./guest/guest-process.ts');
        return await beGuest();
      }
      case 'room': {
        const { runRoom } = await import('./run-room.ts');
        // Not returned: the guests would keep this process going, and it them.
        return endWith(await runRoom(options));
      }
      default: {
        const { enterNamespaces } = await import('./outside/enter-namespaces.ts');
        const say = (note: string): void => void process.stderr.write(`${note}\n`);
        return await enterNamespaces({ say, app: options.app });
      }
    }
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stderr.write(`${formatLabFailure(error.failure)}\n`);
    return process.env[roleVariable] === 'room' ? endWith(1) : 1;
  }
}
