import { availableParallelism, cpus, loadavg, release } from 'node:os';
import { runTool } from '../kernel/rig/run-tool.ts';

/** What figures depend on, beside the program. */
export interface MachineFacts {
  readonly processor: string;
  readonly cores: number;
  readonly kernel: string;
  readonly nft: string;
  readonly node: string;
  /** Processes that wanted a processor in the last minute, on average: figures of a busy machine are worth less. */
  readonly load: number;
}

export function readMachineFacts(): MachineFacts {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    kernel: release(),
    nft: /v[0-9.]+/.exec(runTool('/usr/sbin/nft', ['--version']))?.[0] ?? 'unknown',
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
}

/** The facts in a line, and a warning where other work was in the way. */
export function machineLines({ processor, cores, kernel, nft, node, load }: MachineFacts): string {
  const facts = `${cores} cores (${processor}), Linux ${kernel}, nft ${nft}, Node ${node}, load ${load.toFixed(1)}`;
  return load <= cores / 2 ? facts : `${facts}\nThe machine is busy with other things: it would be faster on its own.`;
}
