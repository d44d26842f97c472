import type { Drop } from '../../engine/drops/drop.ts';
import type { Engine } from '../../engine/engine.ts';
import { refused, usage } from '../cli-failure.ts';
import { dropJson, dropText, type NamedDrop, tryText, untoldJson, untoldText } from '../print/drop-text.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

/** Guests by the device that they are behind: ports know, and hypervisors. */
async function guestNames({ workspace }: Engine): Promise<ReadonlyMap<string, string>> {
  const { findGuests, guestLinks } = await import('../../engine/host.ts');
  const devices = [...guestLinks().map(({ device }) => device), ...workspace.bindings.keys()];
  const found = [...findGuests([...new Set(devices)])].flatMap(([device, { hypervisor }]): [string, string][] =>
    hypervisor?.guest === undefined ? [] : [[device, hypervisor.guest]],
  );
  const ports = [...workspace.ports.values()].flatMap(({ device, guest }): [string, string][] =>
    guest === undefined ? [] : [[device, guest]],
  );
  return new Map([...found, ...ports]);
}

async function isKnown(name: string, { workspace }: Engine, guests: ReadonlyMap<string, string>): Promise<boolean> {
  const { devicePlaces } = await import('../../engine/host.ts');
  return (
    [workspace.bindings, workspace.ports, devicePlaces()].some((each) => each.has(name)) ||
    [...guests.values()].includes(name)
  );
}

async function follow(call: Call, engine: Engine): Promise<Report | number> {
  const { write, writeError } = call.terminal;
  const asked = call.text('count');
  const limit = asked === undefined ? Number.POSITIVE_INFINITY : Number(asked);
  if (asked !== undefined && !(Number.isSafeInteger(limit) && limit >= 1)) return usage(`'${asked}' is not a number`);
  const wanted = call.valuesOf('nic');
  const guests = await guestNames(engine);
  for (const name of wanted) {
    if (!(await isKnown(name, engine, guests)))
      return usage(`there is no NIC and no guest '${name}'`, 'guestward status shows the NICs');
  }
  const json = call.has('json');
  const isWanted = ({ drop, guest }: NamedDrop): boolean =>
    wanted.length === 0 || wanted.includes(drop.device) || (guest !== undefined && wanted.includes(guest));
  const rules = new Set<string>();
  let left = limit;
  let finish: (reason?: string) => void = () => undefined;
  const over = new Promise<string | undefined>((resolve) => {
    finish = resolve;
  });

  const show = (drop: Drop): void => {
    const named = { drop, guest: guests.get(drop.device) };
    if (left === 0 || !isWanted(named)) return;
    rules.add(drop.name);
    write(json ? dropJson(named) : dropText(named));
    if (!json && call.has('frames')) write(tryText(named));
    left -= 1;
    if (left === 0) finish();
  };
  const { watchDrops } = await import('../../engine/drops/watch-drops.ts');
  const watching = await watchDrops(engine, {
    drops: (drops) => drops.forEach(show),
    untold(untold) {
      // Guests share rules: who asks for some hears only of rules that have dropped something of theirs.
      for (const each of untold.filter(({ name }) => left > 0 && (wanted.length === 0 || rules.has(name)))) {
        write(json ? untoldJson(Date.now(), each) : untoldText(Date.now(), each));
      }
    },
    ended: finish,
  });
  if (!watching.ok) return { ...watching, headline: 'Failed to follow what is dropped' };
  if (!json && !call.quiet && call.terminal.interactive) {
    writeError('What rules drop is shown as it happens; Ctrl-C ends it.\n');
  }
  const reason = await Promise.race([over, untilInterrupted()]);
  watching.value();
  return reason === undefined ? 0 : refused(`the drop log has ended: ${reason}`, 'start it again');
}

export const log: Verb = {
  name: 'log',
  summary: 'what rules drop, as it happens',
  description:
    'Print every packet that a rule drops or rejects, as it happens: when, on which NIC, which way, what it was, and the filter and line of the rule. It ends with Ctrl-C. The kernel tells of at most 10 packets a second of each rule, and the counters have all of them: how many there were beside those is said too. It takes tcpdump, which reads what the kernel tells, without being root.',
  argument: { name: 'nic', many: true, optional: true, description: 'only of these devices or guests' },
  options: [
    { name: 'follow', short: 'f', description: 'go on until Ctrl-C, which is what it does anyway' },
    { name: 'count', value: 'NUMBER', description: 'end after so many packets' },
    { name: 'frames', description: 'print the command that tries each packet again, and tells why it was dropped' },
  ],
  run: (call) => withEngine(call, (engine) => follow(call, engine)),
};
