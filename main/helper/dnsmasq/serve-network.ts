import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { isMistakenName } from '../../../shared/plan/dnsmasq-line.ts';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { writeDnsmasq } from '../../../shared/plan/write-dnsmasq.ts';
import type { Places } from '../places.ts';
import { appendToRootFile } from '../root-file.ts';
import { openRootFolder } from '../root-folder.ts';
import { findServiceUser, type ServiceUser } from '../service-user.ts';
import { findTool } from '../tools.ts';
import { dnsmasqFile, dnsmasqFolder, leasesFile, leasesFolder } from './dnsmasq-files.ts';
import { registerDomain } from './register-domain.ts';
import { bringAbout, closedFolder } from './start-dnsmasq.ts';

/** Makes the folders, and says as whom dnsmasq is to run. */
export function prepareDnsmasq(places: Places): Outcome<ServiceUser | null, HelperFailure> {
  const program = findTool('dnsmasq');
  if (!program.ok) return program;
  for (const [path, mode] of [
    [places.run, 0o711],
    [dnsmasqFolder(places), 0o711],
    [leasesFolder(places), 0o700],
  ] as const) {
    const opened = openRootFolder(path, mode);
    if (!opened.ok) return opened;
  }
  const user = findServiceUser('dnsmasq');
  const path = closedFolder(dnsmasqFolder(places), user);
  if (path === undefined) return succeed(user);
  const message = `dnsmasq, as ${user?.name}, must come through it to ${dnsmasqFolder(places)}: chmod o+x ${path}`;
  return fail({ kind: 'state-unusable', path, code: 'EACCES', message });
}

/** Has dnsmasq serve one network as its setup says; nothing where the setup wants none. */
export async function serveNetwork(
  places: Places,
  network: string,
  setup: NetworkSetup,
  user: ServiceUser | null,
): Promise<Outcome<void, HelperFailure>> {
  const refused = refuseDnsmasq(places, network, setup);
  if (refused !== undefined) return fail(refused);
  const { link, dnsmasq, resolve } = setup;
  const leases = leasesFile(places, network);
  if (link === undefined || dnsmasq === undefined) return succeed(undefined);
  if (leases === undefined)
    return fail({ kind: 'dnsmasq-failed', network, message: 'the name is too long for a file' });
  // dnsmasq would make it for all to read.
  appendToRootFile(leases, '', { durable: false });
  const text = writeDnsmasq(link, dnsmasq, {
    pid: dnsmasqFile(places, link.bridge, 'pid'),
    leases,
    hosts: dnsmasqFile(places, link.bridge, 'hosts'),
    addnHosts: dnsmasqFile(places, link.bridge, 'names'),
    user,
  });
  const served = await bringAbout(places, { network, bridge: link.bridge, text, user });
  if (served.ok) await registerDomain(places, link.bridge, resolve);
  return served;
}

/** Why this network's dnsmasq may not be as its setup says, before anything is done about it. */
export function refuseDnsmasq(places: Places, network: string, { dnsmasq }: NetworkSetup): HelperFailure | undefined {
  const allowed = join(places.state, 'allow-dnsmasq-options');
  if (dnsmasq === undefined) return undefined;
  if (dnsmasq.options.length > 0 && lstatSync(allowed, { throwIfNoEntry: false })?.isFile() !== true) {
    return { kind: 'options-not-allowed', network, path: allowed };
  }
  const mistaken = dnsmasq.hosts.find(({ name }) => name !== undefined && isMistakenName(name))?.name;
  if (mistaken === undefined) return undefined;
  return { kind: 'dnsmasq-failed', network, message: `a host cannot be called "${mistaken}", which it would misread` };
}
