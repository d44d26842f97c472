import { existsSync } from 'node:fs';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { log } from '../audit.ts';
import type { Places } from '../places.ts';
import { readRootFile, removeRootFile, replaceRootFile } from '../root-file.ts';
import { runTool } from '../run-tool.ts';
import { findTool } from '../tools.ts';
import { dnsmasqFile } from './dnsmasq-files.ts';

type Resolve = NonNullable<NetworkSetup['resolve']>;

/**
 * Has the host's resolver ask this network's dnsmasq about the network's names, where systemd-resolved is the resolver. It forgets what it was told
 * when the bridge goes. A network works without it, so that a failure is only logged.
 */
export async function registerDomain(places: Places, bridge: string, resolve: Resolve | undefined): Promise<void> {
  if (resolve === undefined) return unregisterDomain(places, bridge);
  const path = dnsmasqFile(places, bridge, 'resolve');
  const wanted = `${resolve.server} ${resolve.domain}\n`;
  const tool = findResolvectl();
  if (tool === undefined || readRootFile(path) === wanted) return;
  const isTold =
    (await tell(tool, ['dns', bridge, resolve.server])) && (await tell(tool, ['domain', bridge, `~${resolve.domain}`]));
  if (isTold) replaceRootFile(path, wanted, { durable: false });
}

/** Takes back what the resolver was told. */
export async function unregisterDomain(places: Places, bridge: string): Promise<void> {
  const path = dnsmasqFile(places, bridge, 'resolve');
  if (readRootFile(path) === undefined) return;
  const tool = findResolvectl();
  if (tool !== undefined && existsSync(`/sys/class/net/${bridge}`)) await tell(tool, ['revert', bridge]);
  removeRootFile(path);
}

function findResolvectl(): string | undefined {
  if (!existsSync('/run/systemd/resolve')) return undefined;
  const tool = findTool('resolvectl');
  return tool.ok ? tool.value : undefined;
}

async function tell(tool: string, args: readonly string[]): Promise<boolean> {
  const run = await runTool(tool, args);
  if (run.status !== 0) log('warning', `resolvectl ${args.join(' ')}: ${run.stderr.trim()}`);
  return run.status === 0;
}
