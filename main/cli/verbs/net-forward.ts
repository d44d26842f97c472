import type { PortForward } from '../../../shared/network/network-document.ts';
import type { Engine } from '../../engine/engine.ts';
import type { StoredNetwork } from '../../engine/workspace.ts';
import { formatForward, guestText } from '../../networks/forwards/format-forward.ts';
import { formatPorts } from '../../networks/forwards/parse-ports.ts';
import { type Result, refused, usage } from '../cli-failure.ts';
import { changeSettings } from '../networks/change-settings.ts';
import { findNetwork, textOf } from '../networks/find-network.ts';
import { parseDuration } from '../networks/parse-duration.ts';
import { parseForward } from '../networks/parse-forward.ts';
import { formatTable } from '../print/table.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

const span = { file: 'command line', line: 1, column: 1, length: 0 };
const now = (): number => Math.floor(Date.now() / 1000);

interface Wanted {
  readonly add: readonly PortForward[];
  readonly remove: readonly string[];
}

function readWanted(call: Call): Result<Wanted> {
  const text = call.text('expires');
  const duration = text === undefined ? undefined : parseDuration(text);
  if (text !== undefined && duration === undefined) {
    return usage(`'${text}' is not a time`, 'write it as 30m, 2h or 1d12h');
  }
  const expires = duration === undefined ? undefined : now() + duration;
  const add: PortForward[] = [];
  for (const word of call.texts('add')) {
    const forward = parseForward(word);
    if (!forward.ok) return forward;
    add.push({ ...forward.value, expires, span });
  }
  const remove: string[] = [];
  for (const word of call.texts('remove')) {
    const forward = parseForward(word);
    if (!forward.ok) return forward;
    remove.push(formatForward(forward.value));
  }
  return { ok: true, value: { add, remove } };
}

const jsonOf = (forward: PortForward) => ({
  forward: formatForward(forward),
  protocol: forward.protocol,
  hostPorts: forward.hostPorts,
  guest: guestText(forward.guest),
  guestPorts: forward.guestPorts,
  expires: forward.expires,
});

function untilText(expires: number | undefined): string {
  if (expires === undefined) return 'for good';
  const left = expires - now();
  if (left <= 0) return 'over';
  return left < 5400 ? `${Math.ceil(left / 60)} min` : `${Math.round(left / 3600)} h`;
}

function listOf({ name }: StoredNetwork, forwards: readonly PortForward[], call: Call): Report {
  const rows = forwards.map((forward) => [
    `${formatPorts(forward.hostPorts)}/${forward.protocol}`,
    guestText(forward.guest),
    formatPorts(forward.guestPorts),
    untilText(forward.expires),
  ]);
  const empty = `Network ${name} has no forwards. To begin: guestward net-forward ${name} --add 8080:GUEST:80/tcp\n`;
  const table = formatTable(['Host port', 'Guest', 'Guest port', 'Stays'], rows, !call.quiet);
  return { ok: true, text: rows.length === 0 ? empty : table, json: forwards.map(jsonOf) };
}

async function change(engine: Engine, call: Call, network: StoredNetwork, { add, remove }: Wanted): Promise<Report> {
  const { name } = network;
  const before = textOf(network).document.settings.forwards;
  const missing = remove.find((each) => !before.some((forward) => formatForward(forward) === each));
  if (missing !== undefined) {
    return refused(
      `network ${name} has no forward ${missing}`,
      `guestward net-forward ${name} lists those that it has`,
    );
  }
  const added = add.map(formatForward);
  const edit = (forwards: readonly PortForward[]): readonly PortForward[] => [
    ...forwards.filter((forward) => ![...remove, ...added].includes(formatForward(forward))),
    ...add,
  ];
  return changeSettings(engine, call, network, (settings) => ({ ...settings, forwards: edit(settings.forwards) }), {
    headline: `Failed to change the forwards of ${name}`,
    done: () => ({
      text: [
        ...add.map(
          (forward) =>
            `${formatForward(forward)} is forwarded${forward.expires === undefined ? '' : `, ${untilText(forward.expires)}`}\n`,
        ),
        ...remove.map((forward) => `${forward} is forwarded no more\n`),
      ].join(''),
      json: { network: name, added: add.map(jsonOf), removed: remove },
    }),
  });
}

export const netForward: Verb = {
  name: 'net-forward',
  summary: 'forward ports of the host to guests of a network',
  description:
    "Add and remove forwards of host ports to a guest's, which is found by its name, MAC or address; they work from the LAN, from other guests and from the host itself, there by its own addresses and 127.0.0.1, not by ::1. Without either, list them. A port that a process of the host listens at is refused.",
  argument: { name: 'network', description: 'network name or uuid' },
  options: [
    { name: 'add', value: 'HOSTPORT:GUEST:GUESTPORT/tcp|udp', many: true, description: 'forward a port or range' },
    { name: 'remove', value: 'HOSTPORT:GUEST:GUESTPORT/tcp|udp', many: true, description: 'forward it no more' },
    { name: 'expires', value: 'TIME', description: 'with --add: remove it after 30m, 2h, 1d ...' },
    { name: 'list', description: 'list the forwards (default)' },
  ],
  changes: true,
  run: (call) =>
    withEngine(call, async (engine) => {
      const wanted = readWanted(call);
      if (!wanted.ok) return wanted;
      const found = findNetwork(engine.workspace, call.values[0] ?? '');
      if (!found.ok) return found;
      const { add, remove } = wanted.value;
      if (add.length === 0 && remove.length === 0) {
        return listOf(found.value, textOf(found.value).document.settings.forwards, call);
      }
      return change(engine, call, found.value, wanted.value);
    }),
};
