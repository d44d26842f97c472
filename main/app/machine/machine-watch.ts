import type { Machine } from '../../../shared/rpc/machine.ts';
import { watchLinks } from '../../engine/host.ts';

interface Wanted {
  /** Looks at the machine. */
  read(): Promise<Machine>;
  machineChanged(machine: Machine): void;
}

export interface MachineWatch {
  /** Has the machine looked at again; several wishes at once are one look. */
  refresh(): void;
  stop(): void;
}

/** Tells what of the machine changes, as long as it is not stopped. Nothing is told twice. */
export function watchMachine({ read, machineChanged }: Wanted): MachineWatch {
  let told = '';
  let isOver = false;
  let running = false;
  let again = false;

  async function look(): Promise<void> {
    running = true;
    try {
      while (again && !isOver) {
        again = false;
        const machine = await read();
        const text = JSON.stringify(machine);
        if (isOver || text === told) continue;
        told = text;
        machineChanged(machine);
      }
    } finally {
      running = false;
    }
  }
  const refresh = (): void => {
    again = true;
    if (!running && !isOver) void look();
  };
  const stopLinks = watchLinks(refresh);
  return {
    refresh,
    stop() {
      isOver = true;
      stopLinks();
    },
  };
}
