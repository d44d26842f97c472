import { formatMac } from '../../../shared/net/mac.ts';
import type { Healing } from '../../../shared/plan/healing.ts';
import type { EngineStatus, RuleCounter } from '../../engine/engine.ts';
import type { DevicePlace } from '../../engine/host.ts';
import type { WaitingNic } from '../../engine/networks/waiting-nics.ts';
import { count } from '../../engine/words/join-words.ts';
import type { Workspace } from '../../engine/workspace.ts';
import { apartNote } from './apart-note.ts';
import { byName } from './by-name.ts';
import { healingText } from './healing-text.ts';
import { type NetworksView, networksJson, networksText } from './network-status.ts';
import { formatTable } from './table.ts';

export interface StatusView {
  readonly workspace: Workspace;
  readonly status: EngineStatus;
  /** Devices that are there; of a device that is not, the rules wait for it. */
  readonly places: ReadonlyMap<string, DevicePlace>;
  /** NICs that others have plugged in, without the default filter of their network. */
  readonly waiting: readonly WaitingNic[];
  readonly networks: NetworksView;
  readonly healings: readonly Healing[];
}

/** The last ones; --json has all that are kept. */
const shownHealings = 5;

interface Drop {
  readonly rule: string;
  readonly packets: number;
  readonly bytes: number;
}

/** One line a rule: a rule of the XML can stand in several chains. */
function dropsOf(counters: readonly RuleCounter[]): readonly Drop[] {
  const sums = new Map<string, Drop>();
  for (const { verdict, comment, packets, bytes } of counters) {
    if (packets === 0 || !/^(?:drop|reject)/.test(verdict)) continue;
    const { packets: before = 0, bytes: bytesBefore = 0 } = sums.get(comment) ?? {};
    sums.set(comment, { rule: comment, packets: before + packets, bytes: bytesBefore + bytes });
  }
  return [...sums.values()].sort((a, b) => b.packets - a.packets);
}

function nicsOf({ workspace, places }: StatusView) {
  return [...workspace.bindings.values()]
    .map(({ binding: { device, filter, mac, parameters } }) => ({
      name: device,
      device,
      present: places.has(device),
      bridged: places.has(device) ? places.get(device) !== 'apart' : undefined,
      filter,
      mac: mac === undefined ? undefined : formatMac(mac),
      parameters,
    }))
    .sort(byName)
    .map(({ name: _, ...nic }) => nic);
}

function sizesOf({ ruleset }: Workspace) {
  const tables = Object.values(ruleset);
  const chains = tables.flatMap((table) => Object.values(table.chains));
  const sets = tables.flatMap((table) => Object.values(table.sets));
  return {
    chains: chains.length,
    rules: chains.reduce((sum, { rules }) => sum + rules.length, 0),
    elements: sets.reduce((sum, { elements }) => sum + elements.length, 0),
  };
}

/** The filters that NICs are bound to, directly or through references, with the number of NICs of each. */
function filtersInUse({ filters, bindings }: Workspace): readonly { readonly name: string; readonly nics: number }[] {
  const uses = new Map<string, number>();
  for (const { binding } of bindings.values()) {
    const seen = new Set<string>();
    const waiting = [binding.filter];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const entry of filters.get(name)?.document.entries ?? []) {
        if (entry.kind === 'filterref') waiting.push(entry.filter);
      }
    }
    for (const name of seen) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return [...uses].map(([name, nics]) => ({ name, nics })).sort(byName);
}

export function statusJson(view: StatusView): unknown {
  const { workspace, status } = view;
  const { abilities, generation } = workspace;
  return {
    backend: status.backend,
    kernel: { ...status.kernel, abilities },
    force: status.force,
    generation,
    stateFolder: status.stateFolder,
    nics: nicsOf(view),
    waitingNics: view.waiting,
    networks: networksJson(view.networks),
    healings: view.healings,
    filtersInUse: filtersInUse(workspace),
    size: sizesOf(workspace),
    drops: dropsOf(status.counters),
    counters: status.counters,
  };
}

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

function rulesLine({ workspace, status }: StatusView): string {
  if (status.force === 'lost')
    return 'Rules        lost: the kernel no longer has them; guestward restore brings them back';
  if (status.force === 'empty')
    return 'Rules        none: nothing is in force, and nothing of Guestward is in the kernel';
  const { chains, rules, elements } = sizesOf(workspace);
  return `Rules        ${count(rules, 'rule')} in ${count(chains, 'chain')}, ${count(elements, 'element')} in sets`;
}

/** A line each; '' where there are none. */
const waitingText = ({ waiting }: StatusView): string =>
  waiting
    .map(
      ({ device, network, filter }) =>
        `${device} is on ${network} without its default filter ${filter}: guestward adopt gives it to it.\n`,
    )
    .join('');

export function statusText(view: StatusView): string {
  const { workspace, status } = view;
  const { abilities } = workspace;
  const nics = nicsOf(view);
  const head = [
    `Backend      ${status.backend.name}: ${status.backend.reason}`,
    `Kernel       ${status.kernel.release}, nft ${status.kernel.nftVersion}`,
    `             bridge conntrack ${yesOrNo(abilities.bridgeConntrack)}, bridge reject ${yesOrNo(abilities.bridgeReject)}, br_netfilter ${yesOrNo(abilities.bridgeNetfilter)}, drop log ${yesOrNo(abilities.dropLog === true)}`,
    `Definitions  ${count(workspace.filters.size, 'filter')}, ${count(nics.length, 'binding')}, ${count(workspace.networks.size, 'network')}, in ${status.stateFolder}`,
    rulesLine(view),
    ...view.healings
      .slice(-shownHealings)
      .map((healing, index) => `${index === 0 ? 'Put back     ' : '             '}${healingText(healing)}`),
  ];
  if (nics.length === 0) {
    const hint = 'No NIC is filtered yet. To begin: guestward attach DEV --filter clean-traffic --param IP=ADDRESS';
    return `${head.join('\n')}\n\n${waitingText(view) || `${hint}\n`}\n${networksText(view.networks)}`;
  }
  const nicRows = nics.map(({ device, present, bridged, filter, mac = '-' }) => [
    device,
    present ? (bridged ? 'present' : 'no bridge') : 'awaited',
    filter,
    mac,
  ]);
  const filterRows = filtersInUse(workspace).map(({ name, nics: number }) => [name, String(number)]);
  const drops = dropsOf(status.counters);
  const dropRows = drops.map(({ rule, packets, bytes }) => [String(packets), String(bytes), rule]);
  const parts = [
    `${head.join('\n')}\n`,
    formatTable(['NIC', 'Device', 'Filter', 'MAC'], nicRows),
    ...nics.filter(({ bridged }) => bridged === false).map(({ device }) => `${apartNote(device)}\n`),
    ...[waitingText(view)].filter((text) => text !== ''),
    formatTable(['Filter in use', 'NICs'], filterRows),
    drops.length === 0 ? 'Nothing was dropped so far.\n' : formatTable(['Dropped', 'Bytes', 'Rule'], dropRows),
    networksText(view.networks),
  ];
  return parts.join('\n');
}
