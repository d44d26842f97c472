import { readFileSync, statSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import type { HelperAbilities } from '../../shared/plan/helper-protocol.ts';
import { dropLogGroups, ownTable } from '../../shared/plan/own-names.ts';
import { log } from './audit.ts';
import { readBootId } from './boot-id.ts';
import { canShowPackets } from './bridge-netfilter.ts';
import { readLine, writeLine } from './log-entry.ts';
import type { Nft } from './nft.ts';
import { readRootFile, replaceRootFile } from './root-file.ts';

type Probed = Omit<HelperAbilities, 'bridgeNetfilter'>;

/** Raised whenever something else is tried, so that findings of an older helper do not count. */
const probes = 2;

interface Cached {
  readonly key: string;
  readonly probed: Probed;
}

/** What kernel and nft can do. Trying costs some 10 ms each, so the findings are kept until the next boot or another nft. */
export async function readAbilities(nft: Nft, nftPath: string, state: string): Promise<HelperAbilities> {
  const path = join(state, 'abilities.json');
  const key = [
    probes,
    release(),
    readBootId(),
    identityOf(nftPath),
    readFileSync('/proc/self/uid_map', 'utf8').trim(),
  ].join(' ');
  const cached = readLine<Cached>((readRootFile(path) ?? '').trimEnd());
  const probed = cached?.key === key ? cached.probed : await probe(nft);
  if (cached?.key !== key) keep(path, { key, probed });
  return { ...probed, bridgeNetfilter: await canShowPackets() };
}

function keep(path: string, cached: Cached): void {
  try {
    replaceRootFile(path, writeLine(cached), { durable: false });
  } catch (error) {
    log('warning', `the kernel's abilities will be tried again: ${String(error)}`);
  }
}

async function probe(nft: Nft): Promise<Probed> {
  const version = await nft.run(['--version']);
  return {
    bridgeConntrack: await takes(nft, 'ct state established accept'),
    bridgeReject: await takes(nft, 'ether type 0x0800 reject with icmpx port-unreachable'),
    dropLog: await takes(nft, `log prefix "probe" group ${dropLogGroups[0]} snaplen 160 queue-threshold 1`),
    nftVersion: version.ok ? (/v(\d[\w.]*)/.exec(version.value)?.[1] ?? 'unknown') : 'unknown',
    kernel: release(),
  };
}

/** Whether a rule of the bridge family's prerouting hook would be accepted; the table that it is tried in never comes to be. */
async function takes(nft: Nft, rule: string): Promise<boolean> {
  const chain = `bridge ${ownTable}_probe gw_probe`;
  const lines = [
    `add table bridge ${ownTable}_probe`,
    `add chain ${chain} { type filter hook prerouting priority 0; policy accept; }`,
    `add rule ${chain} ${rule}`,
  ];
  return (await nft.check(`${lines.join('\n')}\n`)).ok;
}

function identityOf(path: string): string {
  const { ino, size, mtimeMs } = statSync(path);
  return [ino, size, mtimeMs].join(' ');
}
