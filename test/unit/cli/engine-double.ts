import { nftablesBackend } from '../../../main/compiler/backends/nftables/nftables-backend.ts';
import { resolvePolicy } from '../../../main/compiler/resolve/resolve-policy.ts';
import type { Drop } from '../../../main/engine/drops/drop.ts';
import type { Engine, RuleCounter } from '../../../main/engine/engine.ts';
import { networkStage } from '../../../main/engine/networks/network-stage.ts';
import { planChanges } from '../../../main/engine/plan-changes.ts';
import { loadStockFilters } from '../../../main/engine/stock-filters.ts';
import type { StoredFilter, Workspace } from '../../../main/engine/workspace.ts';
import type { HostFacts } from '../../../shared/network/host-facts.ts';
import type { Healing } from '../../../shared/plan/healing.ts';
import type { Inspection, NetworkState } from '../../../shared/plan/helper-protocol.ts';
import { emptyRuleset } from '../../../shared/plan/ruleset.ts';

const stock = new Map(
  [...loadStockFilters()].map(([name, filter]): [string, StoredFilter] => [name, { ...filter, stock: true }]),
);

export const fixedUuid = '11111111-2222-4333-8444-555555555555';

/** A laptop at home: 192.168.1.0/24 by Wi-Fi, IPv4 alone. */
export const hostFacts: HostFacts = {
  links: [
    { name: 'lo', kind: 'loopback', mac: '00:00:00:00:00:00', up: true, master: undefined },
    { name: 'wlan0', kind: 'wireless', mac: '02:00:00:00:00:01', up: true, master: undefined },
  ],
  addresses: [{ device: 'wlan0', family: 'ipv4', address: '192.168.1.20', prefix: 24, scope: 'global' }],
  routes: [
    {
      family: 'ipv4',
      destination: '0.0.0.0',
      prefix: 0,
      device: 'wlan0',
      gateway: '192.168.1.1',
      metric: 600,
      table: 'main',
      protocol: 'dhcp',
    },
  ],
  uplinks: { ipv4: 'wlan0', ipv6: undefined },
  forwarding: { ipv4: false, ipv6: false },
  acceptRa: { wlan0: 1 },
  dhcpServers: {},
};

/** What the helper would see of the host. */
export interface HostDouble {
  readonly states?: Readonly<Record<string, NetworkState>>;
  readonly listeners?: Inspection['listeners'];
  readonly healings?: readonly Healing[];
  readonly drops?: readonly Drop[];
}

/** An engine whose kernel and helper are this process's memory: plans are made by the real stages and then just stand. */
export function engineDouble(
  counters: readonly RuleCounter[] = [],
  { states = {}, listeners = [], healings = [], drops = [] }: HostDouble = {},
): Engine & { readonly closed: number } {
  let closed = 0;
  let workspace: Workspace = {
    filters: stock,
    bindings: new Map(),
    networks: new Map(),
    ports: new Map(),
    setups: {},
    ruleset: emptyRuleset,
    generation: 0,
    abilities: { bridgeConntrack: false, bridgeNetfilter: true, bridgeReject: true },
  };
  return {
    get workspace() {
      return workspace;
    },
    get closed() {
      return closed;
    },
    async apply(wanted, { dryRun }) {
      const changes = typeof wanted === 'function' ? wanted(workspace) : { ok: true as const, value: wanted };
      if (!changes.ok) return changes;
      const surroundings = {
        facts: hostFacts,
        now: 1_800_000_000,
        leases: {},
        listeners,
        rebooted: false,
        setups: workspace.setups,
        makeUuid: () => fixedUuid,
        guestLinks: [],
        guestMacs: new Map(),
        makeMac: () => 0x5254_0012_3456n + BigInt(workspace.networks.size),
      };
      const planning = { stage: networkStage, surroundings };
      const planned = planChanges(workspace, changes.value, nftablesBackend, stock, () => fixedUuid, planning);
      if (!planned.ok) return planned;
      if (!dryRun) workspace = planned.value.workspace;
      const nftText = dryRun ? 'add table bridge guestward\n' : undefined;
      return {
        ok: true,
        value: { ...planned.value, nftText, helperMilliseconds: 1, activity: dryRun ? undefined : 1 },
      };
    },
    async undo(id) {
      return { ok: false, failure: { kind: 'activity-not-found', id } };
    },
    async confirm() {
      return { ok: true, value: { activity: 1, title: 'Start network lab' } };
    },
    async reload() {
      return { ok: true, value: undefined };
    },
    async journal() {
      return { ok: true, value: { entries: [], more: false, undone: [] } };
    },
    async restore() {
      return { ok: true, value: { warnings: [], notes: [], sources: new Map() } };
    },
    async status() {
      return {
        ok: true,
        value: {
          backend: { name: 'nftables', reason: 'it works here' },
          kernel: { release: '6.1.0', nftVersion: '1.0.6' },
          force: workspace.bindings.size === 0 && workspace.networks.size === 0 ? 'empty' : 'current',
          counters,
          stateFolder: '/var/lib/guestward',
        },
      };
    },
    async networkStates() {
      return { ok: true, value: states };
    },
    async followDrops(take) {
      take(drops);
      return { ok: true, value: () => undefined };
    },
    async inspect() {
      return {
        ok: true,
        value: {
          nftRuleset: '',
          nftIptables: '',
          nftIp6tables: '',
          legacyIptables: '',
          legacyIp6tables: '',
          listeners,
        },
      };
    },
    healings,
    policyOf(subject) {
      const lookup = (name: string) => workspace.filters.get(name)?.document;
      const binding = 'device' in subject ? workspace.bindings.get(subject.device)?.binding : undefined;
      if ('device' in subject && binding === undefined) {
        return { ok: false, failure: { kind: 'binding-not-found', device: subject.device } };
      }
      const nic = binding ?? { device: 'trace', mac: undefined, parameters: {}, filter: '', ...subject };
      const filter = lookup(nic.filter);
      if (filter === undefined) return { ok: false, failure: { kind: 'filter-not-found', name: nic.filter } };
      const resolved = resolvePolicy(filter, nic, lookup);
      if (resolved.ok) return { ok: true, value: resolved.value };
      const { diagnostics } = resolved;
      return { ok: false, failure: { kind: 'diagnostics', diagnostics, sources: new Map(), devices: [] } };
    },
    async close() {
      closed += 1;
    },
  };
}
