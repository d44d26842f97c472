import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { LabError } from './failure.ts';

/** Absolute paths: the lab may run as root, and then PATH is not to be trusted. */
export const tools = {
  dnsmasq: '/usr/sbin/dnsmasq',
  env: '/usr/bin/env',
  ip: '/usr/sbin/ip',
  mount: '/usr/bin/mount',
  nft: '/usr/sbin/nft',
  nsenter: '/usr/bin/nsenter',
  sudo: '/usr/bin/sudo',
  unshare: '/usr/bin/unshare',
} as const;

const debianPackages: Readonly<Record<string, string>> = {
  [tools.dnsmasq]: 'dnsmasq-base',
  [tools.ip]: 'iproute2',
  [tools.mount]: 'mount',
  [tools.nft]: 'nftables',
  [tools.nsenter]: 'util-linux',
  [tools.unshare]: 'util-linux',
};

/** Throws a LabError for the first tool that the lab needs and the system lacks. */
export function requireTools(): void {
  for (const [program, debianPackage] of Object.entries(debianPackages)) {
    if (!existsSync(program)) throw new LabError({ kind: 'missing-tool', program, debianPackage });
  }
}

export interface ToolRun {
  /** What is being done, to begin the sentence "... failed". */
  readonly doing: string;
  readonly input?: string;
}

/** How a program ended; 127 stands for one that did not start, 128 for a signal. */
export interface ToolEnd {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end with `input` on its standard input. */
export function tryTool(program: string, args: readonly string[], input = ''): Promise<ToolEnd> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], shell: false });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    // A program that ends without reading its input says so by its status, not by our broken pipe.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', (error) => resolve({ status: 127, stdout, stderr: error.message }));
    child.on('close', (code) => resolve({ status: code ?? 128, stdout, stderr }));
  });
}

/** Runs a program and returns what it printed; throws a LabError if it fails. */
export async function runTool(program: string, args: readonly string[], { doing, input }: ToolRun): Promise<string> {
  const { status, stdout, stderr } = await tryTool(program, args, input);
  if (status === 0) return stdout;
  const detail = stderr.trim() || `ended with status ${status}`;
  throw new LabError({ kind: 'tool-failed', doing, command: [program, ...args].join(' '), detail });
}
