import type { Change } from '../../engine/change.ts';
import { applyTo } from '../apply-changes.ts';
import { type Result, usage } from '../cli-failure.ts';
import { findNetwork } from '../networks/find-network.ts';
import { readTextFile } from '../read-text-file.ts';
import type { Call, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

type Command = Extract<Change, { change: 'update-network' }>['command'];

const commands: Readonly<Record<string, Command>> = {
  add: 'add-last',
  'add-first': 'add-first',
  'add-last': 'add-last',
  delete: 'delete',
  modify: 'modify',
};
/** In the order of libvirt's own list (virNetworkUpdateSection). */
const sections = [
  'bridge',
  'domain',
  'ip',
  'ip-dhcp-host',
  'ip-dhcp-range',
  'forward',
  'forward-interface',
  'forward-pf',
  'portgroup',
  'dns-host',
  'dns-txt',
  'dns-srv',
];

interface Update {
  readonly command: Command;
  readonly section: string;
  readonly text: string;
  readonly file: string;
  readonly parentIndex: number;
}

function readUpdate(call: Call): Result<Update> {
  const [word = ''] = call.valuesOf('command');
  const [section = ''] = call.valuesOf('section');
  const [xml = ''] = call.valuesOf('xml');
  const [index = '-1'] = call.valuesOf('parent-index');
  const command = commands[word];
  if (command === undefined) {
    return usage(`unrecognized command name '${word}'`, `the commands are ${Object.keys(commands).join(', ')}`);
  }
  if (!sections.includes(section)) {
    return usage(`unrecognized section name '${section}'`, `the sections are ${sections.join(', ')}`);
  }
  if (!/^[+-]?[0-9]{1,9}$/.test(index)) {
    return usage(`Numeric value '${index}' for <parent-index> option is malformed or out of range`);
  }
  const parentIndex = Number(index);
  // virsh takes for XML what begins as such, and all else for a file's name.
  if (xml.startsWith('<'))
    return { ok: true, value: { command, section, text: xml, file: 'command line', parentIndex } };
  const text = readTextFile(xml);
  return text.ok ? { ok: true, value: { command, section, text: text.value, file: xml, parentIndex } } : text;
}

export const netUpdate: Verb = {
  name: 'net-update',
  summary: "update parts of an existing network's configuration",
  description:
    'Change one element of the network: of the started network (--live), of its definition (--config) or of both; without either, of the started network if it is started. Guests stay connected.',
  argument: { name: 'network', description: 'network name or uuid' },
  furtherArguments: [
    { name: 'command', description: 'type of update (add-first, add-last (add), delete, or modify)' },
    { name: 'section', description: 'which section of network configuration to update' },
    {
      name: 'xml',
      description:
        "name of file containing xml (or, if it starts with '<', the complete xml element itself) to add/modify, or to be matched for search",
    },
    { name: 'parent-index', optional: true, description: 'which parent object to search through' },
  ],
  options: [
    { name: 'config', description: 'affect next network startup' },
    { name: 'live', description: 'affect running network' },
    { name: 'current', description: 'affect current state of network' },
  ],
  changes: true,
  ofVirsh: true,
  async run(call) {
    for (const other of ['live', 'config']) {
      if (call.has('current') && call.has(other)) {
        return usage(`Options --current and --${other} are mutually exclusive`);
      }
    }
    return withEngine(call, async (engine) => {
      const found = findNetwork(engine.workspace, call.valuesOf('network')[0] ?? '');
      if (!found.ok) return found;
      const update = readUpdate(call);
      if (!update.ok) return update;
      const { name: network } = found.value;
      const isCurrent = !call.has('live') && !call.has('config');
      const live = isCurrent ? found.value.live !== undefined : call.has('live');
      const config = isCurrent ? found.value.live === undefined : call.has('config');
      const affected = [...(config ? ['persistent config'] : []), ...(live ? ['live state'] : [])].join(' and ');
      return applyTo(engine, call, [{ change: 'update-network', network, ...update.value, live, config }], {
        headline: `Failed to update network ${network}`,
        // virsh leaves the end of this line to the empty line that it ends verbs with.
        done: () => ({ text: `Updated network ${network} ${affected}`, json: { updated: network, live, config } }),
      });
    });
  },
};
