import type { ForwardMode, NetworkDocument } from '../../../shared/network/network-document.ts';
import { isDeviceName } from '../../../shared/plan/device-name.ts';
import type { Change } from '../../engine/change.ts';
import type { Workspace } from '../../engine/workspace.ts';
import { freeName } from '../../networks/choose/free-name.ts';
import { applyTo } from '../apply-changes.ts';
import { type Result, refused, usage } from '../cli-failure.ts';
import { textOf } from '../networks/find-network.ts';
import { describeFailure } from '../print/describe-failure.ts';
import { networkJson, networkSummary } from '../print/network-summary.ts';
import type { Call, Report, Verb, VerbOption } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

const kinds: readonly (VerbOption & { readonly kind: ForwardMode })[] = [
  { name: 'nat', kind: 'nat', description: "guests reach out under the host's address (default)" },
  { name: 'isolated', kind: 'isolated', description: 'guests reach each other and the host alone' },
  { name: 'very-isolated', kind: 'isolated', description: 'guests reach each other alone; no address, no DHCP' },
  { name: 'route', kind: 'route', description: 'guests are reached, and reach out, by their own addresses' },
  { name: 'lan', kind: 'lan', description: "guests appear on the host's own LAN, over Wi-Fi too" },
  { name: 'open', kind: 'open', description: 'routed, without any rules' },
];

/** The name that was given, or one that says what the network is: `default` for the first nat network, then `nat`, `nat2` ... */
function nameFor(call: Call, kind: string, { networks }: Workspace): string {
  const [given] = call.values;
  return given ?? freeName(kind, (name) => networks.has(name));
}

async function chooseNetwork(call: Call, workspace: Workspace): Promise<Result<NetworkDocument>> {
  const wanted = kinds.filter(({ name }) => call.has(name));
  if (wanted.length > 1)
    return usage(`a network is of one kind, not --${wanted.map(({ name }) => name).join(' and --')}`);
  const { name: word, kind } = wanted[0] ?? { name: 'nat', kind: 'nat' };
  const uplink = call.text('uplink');
  if (uplink !== undefined && !isDeviceName(uplink)) return usage(`'${uplink}' is not the name of a network device`);
  const name = nameFor(call, word, workspace);
  if (workspace.networks.has(name)) {
    return refused(`operation failed: network '${name}' already exists`, 'give the new one another name');
  }
  const [
    { newNetwork },
    { parseSubnet },
    { withSubnet, withoutAddresses, withoutIpv6 },
    { hostNetworks },
    { randomUUID },
  ] = await Promise.all([
    import('../../networks/choose/new-network.ts'),
    import('../../../shared/net/subnet.ts'),
    import('../../networks/choose/fit-wish.ts'),
    import('../../engine/host.ts'),
    import('node:crypto'),
  ]);
  const definitions = [...workspace.networks.values()].map((stored) => textOf(stored).document);
  const host = hostNetworks();
  if (uplink !== undefined && !call.has('no-start') && host.links.every((link) => link.name !== uplink))
    return refused(
      `this host has no device ${uplink}`,
      'guests would reach nothing; to define the network all the same: --no-start',
    );
  const chosen = newNetwork({ name, kind, uplink, uuid: randomUUID() }, host, definitions);
  if (!chosen.ok) {
    return chosen.missing === 'subnet'
      ? refused('no private subnet is free on this host', 'name one with --subnet, such as 10.20.30.0/24')
      : refused('this host has no default route to take the uplink of', 'name the device with --uplink');
  }
  const defaultFilter = call.text('filter');
  if (defaultFilter !== undefined && !workspace.filters.has(defaultFilter))
    return { ok: false, failure: { kind: 'filter-not-found', name: defaultFilter } };
  let document = { ...chosen.document, settings: { ...chosen.document.settings, defaultFilter } };
  if (word === 'very-isolated') document = withoutAddresses(document);
  if (call.has('no-ipv6')) document = withoutIpv6(document);
  const subnet = call.text('subnet');
  if (subnet === undefined) return { ok: true, value: document };
  if (document.ips.length === 0) return usage(`--subnet does not go with --${word}, which has no addresses`);
  const parsed = parseSubnet(subnet);
  if (parsed === undefined)
    return usage(`'${subnet}' is not a subnet`, 'write it as 10.20.30.0/24, with no bits behind the prefix');
  const fitted = withSubnet(document, parsed);
  return fitted === undefined
    ? refused(`${subnet} has no room for a guest`, 'take a shorter prefix')
    : { ok: true, value: fitted };
}

/** There is no network yet that could be renumbered. */
function withCure(report: Report): Report {
  if (report.ok || report.failure.kind !== 'subnet-taken') return report;
  const { cause = '' } = describeFailure(report.failure);
  return { ...report, ...refused(cause, 'leave --subnet out, and a subnet that is free is chosen') };
}

export const netNew: Verb = {
  name: 'net-new',
  summary: 'make a network and start it, with every detail chosen to suit this host',
  description:
    'Define a network, start it and have it start with the machine. Its subnet is far from those of the LAN, of VPNs, containers and other networks; what was chosen is printed.',
  argument: { name: 'network', optional: true, description: 'name of the new network' },
  options: [
    ...kinds.map(({ name, description }) => ({ name, description })),
    { name: 'subnet', value: 'CIDR', description: 'subnet of the guests, such as 10.20.30.0/24' },
    { name: 'uplink', value: 'DEV', description: "the only device that guests' packets leave by" },
    { name: 'filter', value: 'FILTER', description: 'network filter of every NIC on it' },
    { name: 'no-ipv6', description: 'IPv4 alone' },
    { name: 'no-start', description: 'define it only' },
    { name: 'no-autostart', description: 'do not start it with the machine' },
  ],
  changes: true,
  run: (call) =>
    withEngine(call, async (engine) => {
      const chosen = await chooseNetwork(call, engine.workspace);
      if (!chosen.ok) return chosen;
      const { printNetwork } = await import('../../networks/print/print-network.ts');
      const { name: network } = chosen.value;
      const [isStarted, autostart] = [!call.has('no-start'), !call.has('no-autostart')];
      const changes: readonly Change[] = [
        { change: 'define-network', text: printNetwork(chosen.value), file: `${network}.xml` },
        ...(autostart ? [{ change: 'autostart-network', network, autostart } as const] : []),
        ...(isStarted ? [{ change: 'start-network', network } as const] : []),
      ];
      const report = await applyTo(engine, call, changes, {
        headline: `Failed to make network ${network}`,
        done({ workspace }) {
          const stored = workspace.networks.get(network);
          const document = stored === undefined ? chosen.value : textOf(stored).document;
          const state = [isStarted ? 'started' : 'not started', ...(autostart ? ['starts with the machine'] : [])];
          const next = isStarted ? `guestward port new ${network}` : `guestward net-start ${network}`;
          const text = `${networkSummary(document)}  ${'State'.padEnd(10)}${state.join(', ')}\n\nNext: ${next}\n`;
          return { text, json: { made: { ...networkJson(document), started: isStarted, autostart } } };
        },
      });
      return withCure(report);
    }),
};
