import { formatMac } from '../../../shared/net/mac.ts';
import { type Adopted, adoptPlugged } from '../../engine/adopt-plugged.ts';
import { createAdopter, isUnfinished } from '../../engine/create-adopter.ts';
import type { Engine } from '../../engine/engine.ts';
import { createLookAgain } from '../../engine/look-again.ts';
import { type CliFailure, usage } from '../cli-failure.ts';
import { findNetwork } from '../networks/find-network.ts';
import { describeFailure } from '../print/describe-failure.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

function linesOf({ adopted, gone }: Adopted, dryRun: boolean): string {
  const is = dryRun ? 'would be' : 'is';
  return [
    ...adopted.map(
      ({ device, filter, network, mac }) =>
        `${device} ${is} filtered by ${filter}, the default filter of ${network} (MAC ${formatMac(mac)})\n`,
    ),
    ...gone.map((device) => `${device} has left its network: the filter that it had there ${is} gone\n`),
  ].join('');
}

/** Why a NIC is left, and what helps; here the address cannot be given along. */
function failureOf({ device, filter, failure }: Adopted['left'][number]): CliFailure {
  if (failure.kind !== 'mac-unknown') return failure;
  const { cause = '' } = describeFailure(failure);
  const cure = `attach the filter with its address: guestward attach ${device} --filter ${filter} --mac MAC`;
  return { kind: 'refused', message: cause, cure };
}

const notesOf = ({ left }: Adopted): readonly string[] =>
  left.map((nic) => {
    const { cause = nic.failure.kind, cure } = describeFailure(failureOf(nic));
    const help = cure === undefined || cure === '' ? '' : `; ${cure}`;
    return `${nic.device} is without ${nic.filter}, the default filter of ${nic.network}: ${cause}${help}`;
  });

function jsonOf({ adopted, gone, left }: Adopted): object {
  return {
    adopted: adopted.map((nic) => ({ ...nic, mac: formatMac(nic.mac) })),
    gone,
    left: left.map(({ failure, ...nic }) => ({ ...nic, reason: failure.kind })),
  };
}

function report(call: Call, found: Adopted): Report {
  const { adopted, gone, left } = found;
  const [first] = left;
  if (first !== undefined && adopted.length + gone.length === 0) {
    const several = left.map(({ device }) => device).join(', ');
    const headline =
      left.length === 1
        ? `Failed to give ${first.device} ${first.filter}, the default filter of ${first.network}`
        : `Failed to give ${several} the default filters of their networks`;
    // Where several cannot be given theirs, the first one's cause is told here and the others' by status.
    return { ok: false, headline, failure: failureOf(first) };
  }
  const text = linesOf(found, call.dryRun) || 'No NIC waits for the default filter of its network\n';
  return { ok: true, text: call.quiet ? '' : text, json: jsonOf(found), notes: notesOf(found) };
}

/** Until it is interrupted; what is refused is told once. */
async function follow(call: Call, engine: Engine, network: string | undefined): Promise<Report | number> {
  const { write, writeError, interactive } = call.terminal;
  const { watchLinks } = await import('../../engine/host.ts');
  const adopt = createAdopter(network);
  const json = call.has('json');
  if (interactive && !json && !call.quiet) writeError('NICs are filtered as they are plugged in; Ctrl-C ends it.\n');
  const told = new Set<string>();
  let failure: Report | undefined;
  let isDue = true;
  let wake: () => void = () => undefined;
  const lookNow = () => {
    isDue = true;
    wake();
  };
  const stop = watchLinks(lookNow);
  const again = createLookAgain(lookNow);
  let isOver = false;
  void untilInterrupted().then(() => {
    isOver = true;
    wake();
  });
  while (!isOver && failure === undefined) {
    if (!isDue) await new Promise<void>((resolve) => (wake = resolve));
    if (isOver) break;
    isDue = false;
    const reloaded = await engine.reload();
    const found = reloaded.ok ? await adopt(engine) : reloaded;
    again.after(isUnfinished(found));
    if (!found.ok) {
      // Somebody else changes something just now.
      if (found.failure.kind === 'helper' && found.failure.code === 'busy') continue;
      failure = { ...found, headline: 'Failed to look for NICs without their filter' };
      continue;
    }
    const fresh = notesOf(found.value).filter((note) => !told.has(note));
    for (const note of fresh) told.add(note);
    const { adopted, gone } = found.value;
    if (json && adopted.length + gone.length + fresh.length > 0) write(`${JSON.stringify(jsonOf(found.value))}\n`);
    if (json) continue;
    write(linesOf(found.value, false));
    for (const note of fresh) writeError(`${note}\n`);
  }
  stop();
  again.stop();
  return failure ?? 0;
}

export const adopt: Verb = {
  name: 'adopt',
  summary: 'give NICs that others have plugged in the default filter of their network',
  description:
    "Give every NIC that a hypervisor or somebody else has plugged into a network with a default filter that filter, and take it from those that were unplugged. The guest's MAC address is asked of its hypervisor. While the app is open with the right to change something, it does so by itself.",
  argument: { name: 'network', optional: true, description: 'network name or uuid; all unless given' },
  options: [
    { name: 'follow', description: 'stay, and do so whenever a NIC is plugged in, until Ctrl-C' },
    { name: 'dry-run', description: 'change nothing; say which NICs would be filtered' },
  ],
  writes: true,
  run: (call) =>
    withEngine(call, async (engine): Promise<Report | number> => {
      const [given] = call.values;
      const follows = call.has('follow');
      if (follows && call.dryRun) return usage('--follow stays to make changes, and --dry-run makes none');
      const found = given === undefined ? undefined : findNetwork(engine.workspace, given);
      if (found?.ok === false) return found;
      const network = found?.value.name;
      if (follows) return follow(call, engine, network);
      const adopted = await adoptPlugged(engine, { dryRun: call.dryRun, network });
      const headline = 'Failed to look for NICs without their filter';
      return adopted.ok ? report(call, adopted.value) : { ...adopted, headline };
    }),
};
