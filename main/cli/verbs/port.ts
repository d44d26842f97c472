import { formatMac } from '../../../shared/net/mac.ts';
import type { Port } from '../../../shared/network/port.ts';
import type { Engine } from '../../engine/engine.ts';
import { applyTo } from '../apply-changes.ts';
import { usage } from '../cli-failure.ts';
import { findNetwork, textOf } from '../networks/find-network.ts';
import { byName } from '../print/by-name.ts';
import { formatTable } from '../print/table.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

const jsonOf = ({ mac, ...port }: Port) => ({ ...port, mac: formatMac(mac) });

async function make(engine: Engine, call: Call, name: string): Promise<Report> {
  const found = findNetwork(engine.workspace, name);
  if (!found.ok) return found;
  const { newPort } = await import('../networks/new-port.ts');
  const wanted = await newPort(call, found.value.name, engine.workspace);
  if (!wanted.ok) return wanted;
  const { guestLines } = await import('../../networks/guest-lines/guest-lines.ts');
  const { device } = wanted.value;
  return applyTo(engine, call, [{ change: 'create-port', port: wanted.value }], {
    headline: `Failed to make a port of network ${found.value.name}`,
    done({ workspace }) {
      const port = workspace.ports.get(device) ?? wanted.value;
      const { bridge } = textOf(found.value).document;
      const lines = guestLines(port, bridge.name ?? '');
      const filter = port.filter === undefined ? 'not filtered' : `filtered by ${port.filter}`;
      const head = `${device} is a port of ${port.network} for ${port.guest ?? 'a guest'} (MAC ${formatMac(port.mac)}), ${filter}, and opened by user ${port.owner}\n`;
      const texts = lines.map(
        ({ hypervisor, text }) =>
          `\n${hypervisor}\n${text.replaceAll(/^(?=.)/gm, '  ')}${text.endsWith('\n') ? '' : '\n'}`,
      );
      return { text: `${head}${texts.join('')}`, json: { port: jsonOf(port), lines } };
    },
  });
}

function list({ workspace }: Engine, call: Call, network: string | undefined): Report {
  const ports = [...workspace.ports.values()]
    .filter((port) => network === undefined || port.network === network)
    .map((port) => ({ name: port.device, port }))
    .sort(byName)
    .map(({ port }) => port);
  if (ports.length === 0) {
    const text = 'There is no port yet. To begin: guestward port new NETWORK --name GUEST\n';
    return { ok: true, text: call.quiet ? '' : text, json: [] };
  }
  const rows = ports.map(({ device, network: of, guest = '-', mac, owner, filter = '-' }) => [
    device,
    of,
    guest,
    formatMac(mac),
    String(owner),
    filter,
  ]);
  const table = formatTable(['Port', 'Network', 'Guest', 'MAC', 'User', 'Filter'], rows, !call.quiet);
  return { ok: true, text: table, json: ports.map(jsonOf) };
}

const remove = (engine: Engine, call: Call, device: string): Promise<Report> =>
  applyTo(engine, call, [{ change: 'delete-port', device }], {
    headline: `Failed to delete port ${device}`,
    done: () => ({ text: `Port ${device} deleted\n`, json: { deleted: device } }),
  });

const move = (engine: Engine, call: Call, device: string, network: string): Promise<Report> =>
  applyTo(engine, call, [{ change: 'move-port', device, network }], {
    headline: `Failed to move port ${device}`,
    done: () => ({ text: `Port ${device} moved to network ${network}\n`, json: { moved: device, network } }),
  });

const cure =
  'guestward port new NETWORK, guestward port list [NETWORK], guestward port move DEV NETWORK, or guestward port delete DEV';

export const port: Verb = {
  name: 'port',
  summary: 'make, list, move and delete ports of networks for guests that you start yourself',
  description:
    'new NETWORK makes a TAP on the network, owned by a user and filtered before it is up, and prints the lines to paste for each hypervisor; list shows the ports, move DEV NETWORK plugs one, or a NIC that another program has made, into another network with its filter holding all the while, delete DEV takes one away.',
  argument: { name: 'words', many: true, description: 'new NETWORK, list [NETWORK], move DEV NETWORK, or delete DEV' },
  options: [
    { name: 'name', value: 'GUEST', description: "the guest's name, by which forwards find it" },
    { name: 'user', value: 'USER', description: 'who may open the TAP; else whoever calls' },
    { name: 'filter', value: 'FILTER', description: "network filter name; else the network's default" },
    { name: 'mac', value: 'MAC', description: "the guest's MAC address; else one is made" },
    { name: 'portgroup', value: 'GROUP', description: "one of the network's port groups" },
    { name: 'dev', value: 'DEV', description: 'name of the TAP; else one is chosen' },
  ],
  changes: true,
  async run(call) {
    const [what = '', name, ...others] = call.values;
    if (!['new', 'list', 'move', 'delete'].includes(what))
      return usage(`'${what}' is not what can be done with ports`, cure);
    const [to, ...more] = what === 'move' ? others : [undefined, ...others];
    if (more.length > 0) return usage(`unexpected data '${more[0]}'`);
    if (name === undefined && what !== 'list')
      return usage(`port ${what} needs a ${what === 'new' ? 'network' : 'device'}`, cure);
    if (what === 'move' && to === undefined) return usage('port move needs a network to move to', cure);
    return withEngine(call, async (engine) => {
      if (what === 'move') return move(engine, call, name ?? '', to ?? '');
      if (what === 'list') return list(engine, call, name);
      return what === 'new' ? make(engine, call, name ?? '') : remove(engine, call, name ?? '');
    });
  },
};
