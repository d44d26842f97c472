import type { Opening } from '../../../shared/network/network-document.ts';
import type { Engine } from '../../engine/engine.ts';
import type { StoredNetwork } from '../../engine/workspace.ts';
import { type Result, usage } from '../cli-failure.ts';
import { changeSettings } from '../networks/change-settings.ts';
import { findNetwork, textOf } from '../networks/find-network.ts';
import { formatOpening, parseOpening } from '../networks/parse-opening.ts';
import { printable } from '../print/printable.ts';
import { formatTable } from '../print/table.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

type Openings = readonly Opening[] | undefined;

function readOpenings(words: readonly string[]): Result<readonly Opening[]> {
  const openings: Opening[] = [];
  for (const word of words) {
    const opening = parseOpening(word);
    if (!opening.ok) return opening;
    openings.push(...opening.value);
  }
  return { ok: true, value: openings };
}

/** Who listens where an opening leads to, as the host's own sockets say. */
async function list(engine: Engine, call: Call, { name }: StoredNetwork, openings: Openings): Promise<Report> {
  if (openings === undefined) {
    const text = `Guests of ${name} reach on the host what its own firewall lets in. To name what they may reach: guestward net-open ${name} ssh\n`;
    return { ok: true, text, json: { network: name, openings: null } };
  }
  const inspected = await engine.inspect();
  if (!inspected.ok) return inspected;
  const shown = openings.map((opening) => {
    const { protocol, ports } = opening;
    const listeners = inspected.value.listeners.filter(
      (each) => each.protocol === protocol && each.port >= ports.low && each.port <= ports.high,
    );
    return { opening: formatOpening(opening), service: opening.service, listeners };
  });
  const rows = shown.map(({ opening, service = '-', listeners }) => [
    opening,
    service,
    listeners.length === 0
      ? 'nobody listens'
      : [...new Set(listeners.map(({ process, pid }) => printable(`${process} (${pid})`)))].join(', '),
  ]);
  const none = `Guests of ${name} reach nothing on the host but its DNS and DHCP.\n`;
  const table = formatTable(['Opening', 'Service', 'Who listens'], rows, !call.quiet);
  return { ok: true, text: rows.length === 0 ? none : table, json: { network: name, openings: shown } };
}

function edited(call: Call, before: Openings, given: readonly Opening[]): Openings {
  if (call.has('any')) return undefined;
  const named = new Set(given.map(formatOpening));
  const others = (before ?? []).filter((opening) => !named.has(formatOpening(opening)));
  if (!call.has('close')) return [...others, ...given];
  return given.length === 0 ? [] : others;
}

export const netOpen: Verb = {
  name: 'net-open',
  summary: "open services of the host to a network's guests",
  description:
    'Let guests reach services of the host, by name (ssh, nfs, http-proxy ...) or as tcp/PORT and udp/PORT. From the first one on, only what is named is open, beside DNS and DHCP. Without a service, list them with the processes that listen there.',
  argument: { name: 'network', description: 'network name or uuid' },
  furtherArguments: [{ name: 'service', many: true, optional: true, description: 'ssh, tcp/8080, udp/5000-5010 ...' }],
  options: [
    { name: 'close', description: 'close the services instead; without one, all' },
    { name: 'any', description: "leave it to the host's own firewall again what guests reach" },
    { name: 'list', description: 'list the openings (default)' },
  ],
  changes: true,
  run: (call) =>
    withEngine(call, async (engine) => {
      const given = readOpenings(call.valuesOf('service'));
      if (!given.ok) return given;
      if (call.has('any') && (call.has('close') || given.value.length > 0)) {
        return usage('--any goes with no service, and not with --close');
      }
      const found = findNetwork(engine.workspace, call.valuesOf('network')[0] ?? '');
      if (!found.ok) return found;
      const { name } = found.value;
      const before = textOf(found.value).document.settings.openings;
      if (given.value.length === 0 && !call.has('close') && !call.has('any')) {
        return list(engine, call, found.value, before);
      }
      const after = edited(call, before, given.value);
      const words = after === undefined ? "what the host's own firewall lets in" : after.map(formatOpening).join(', ');
      return changeSettings(
        engine,
        call,
        found.value,
        (settings) => ({ ...settings, openings: edited(call, settings.openings, given.value) }),
        {
          headline: `Failed to change the openings of ${name}`,
          done: () => ({
            text: `Guests of ${name} reach on the host: ${words === '' ? 'DNS and DHCP alone' : words}\n`,
            json: { network: name, openings: after?.map(formatOpening) ?? null },
          }),
        },
      );
    }),
};
