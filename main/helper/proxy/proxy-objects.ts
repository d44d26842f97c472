import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { runTool } from '../run-tool.ts';
import { findTool } from '../tools.ts';

/** The routing protocol number (rtnetlink(7), rtm_protocol) by which the kernel keeps Guestward's routes and proxies apart from others'. */
export const ownProtocol = '103';

/** Runs ip(8); what it prints. */
export async function runIp(...args: readonly string[]): Promise<Outcome<string, HelperFailure>> {
  const program = findTool('ip');
  if (!program.ok) return program;
  const run = await runTool(program.value, args);
  if (run.status === 0) return succeed(run.stdout);
  return fail({ kind: 'tool-failed', program: program.value, message: run.stderr.trim() });
}

const families = ['-4', '-6'] as const;

/** The option of ip(8) for an address. */
export function familyOf(address: string): (typeof families)[number] {
  return address.includes(':') ? '-6' : '-4';
}

function host(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/** The addresses that have a host route of Guestward's to this bridge. */
export async function routedGuests(bridge: string): Promise<readonly string[]> {
  const guests: string[] = [];
  for (const family of families) {
    const listed = await runIp(family, '-o', 'route', 'show', 'dev', bridge, 'proto', ownProtocol);
    if (listed.ok) guests.push(...firstWords(listed.value));
  }
  return guests;
}

/** The addresses that Guestward answers for on this uplink. */
export async function answeredGuests(uplink: string): Promise<readonly string[]> {
  const guests: string[] = [];
  for (const family of families) {
    const listed = await runIp(family, '-o', 'neigh', 'show', 'proxy', 'dev', uplink);
    const lines = listed.ok ? listed.value.split('\n') : [];
    guests.push(...firstWords(lines.filter((line) => line.includes(` proto ${ownProtocol}`)).join('\n')));
  }
  return guests;
}

function firstWords(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => /^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-f:]{2,39})(?= |$)/.exec(line) ?? []);
}

export async function admitGuest(address: string, bridge: string, uplink: string): Promise<void> {
  const routed = await runIp(familyOf(address), 'route', 'replace', host(address), 'dev', bridge, 'proto', ownProtocol);
  // Without the bridge, which may be going, there is nobody to answer for.
  if (routed.ok) await answerFor(address, uplink);
}

export async function answerFor(address: string, uplink: string): Promise<void> {
  await runIp(familyOf(address), 'neigh', 'replace', 'proxy', address, 'dev', uplink, 'protocol', ownProtocol);
}

export async function dismissGuest(address: string, bridge: string, uplink: string): Promise<void> {
  await stopAnswering(address, uplink);
  await runIp(familyOf(address), 'route', 'delete', host(address), 'dev', bridge, 'proto', ownProtocol);
}

export async function stopAnswering(address: string, uplink: string): Promise<void> {
  await runIp(familyOf(address), 'neigh', 'delete', 'proxy', address, 'dev', uplink);
}
