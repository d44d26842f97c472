import { nftablesBackend } from '../../../main/compiler/backends/nftables/nftables-backend.ts';
import type { Change } from '../../../main/engine/change.ts';
import type { EngineFailure } from '../../../main/engine/failure.ts';
import { networkStage } from '../../../main/engine/networks/network-stage.ts';
import type { NetworkSurroundings } from '../../../main/engine/networks/network-surroundings.ts';
import { type PlannedChanges, planChanges } from '../../../main/engine/plan-changes.ts';
import { loadStockFilters } from '../../../main/engine/stock-filters.ts';
import type { StoredNetwork, Workspace } from '../../../main/engine/workspace.ts';
import { emptyRuleset } from '../../../shared/plan/ruleset.ts';
import { laptop } from '../networks/choose/host.ts';

export const stock = loadStockFilters();
export const madeUuid = '11111111-2222-4333-8444-555555555555';
export const otherUuid = '99999999-8888-4777-8666-555555555555';
export const now = 1_800_000_000;

export const fresh: Workspace = {
  filters: stock,
  bindings: new Map(),
  networks: new Map(),
  ports: new Map(),
  setups: {},
  ruleset: emptyRuleset,
  generation: 0,
  abilities: { bridgeConntrack: false, bridgeNetfilter: true, bridgeReject: false },
};

export type Surroundings = Partial<NetworkSurroundings>;

export function planOn(workspace: Workspace, changes: readonly Change[], around: Surroundings = {}) {
  const surroundings: NetworkSurroundings = {
    facts: laptop,
    now,
    leases: {},
    listeners: [],
    rebooted: false,
    setups: workspace.setups,
    guestLinks: [],
    guestMacs: new Map(),
    makeUuid: () => madeUuid,
    makeMac: () => 0x5254_0000_0a00n + BigInt(workspace.networks.size),
    ...around,
  };
  return planChanges(workspace, changes, nftablesBackend, stock, () => madeUuid, { stage: networkStage, surroundings });
}

/** What changes that must succeed come to. */
export function planned(workspace: Workspace, changes: readonly Change[], around: Surroundings = {}): PlannedChanges {
  const outcome = planOn(workspace, changes, around);
  if (outcome.ok) return outcome.value;
  throw new Error(JSON.stringify(outcome.failure, (_, value) => (value instanceof Map ? [] : value)));
}

export const changed = (workspace: Workspace, ...changes: readonly Change[]): Workspace =>
  planned(workspace, changes).workspace;

export function failureOf(workspace: Workspace, changes: readonly Change[], around: Surroundings = {}): EngineFailure {
  const outcome = planOn(workspace, changes, around);
  if (outcome.ok) throw new Error('the changes were taken');
  return outcome.failure;
}

export function stored(workspace: Workspace, name: string): StoredNetwork {
  const found = workspace.networks.get(name);
  if (found === undefined) throw new Error(`There is no network ${name}.`);
  return found;
}

interface Parts {
  readonly name?: string;
  readonly uuid?: string;
  readonly bridge?: string;
  readonly ip?: string;
  readonly mode?: string;
  readonly settings?: string;
  readonly dhcp?: string;
  readonly rest?: string;
}

/** A nat network 10.5.5.0/24 with DHCP, but for what is given. */
export function xml({
  name = 'lab',
  uuid,
  bridge,
  ip = '10.5.5',
  mode = 'nat',
  settings,
  dhcp = '',
  rest = '',
}: Parts) {
  const metadata =
    settings === undefined
      ? ''
      : `<metadata><g:settings xmlns:g='https://guestward.org/xmlns/network/1.0'>${settings}</g:settings></metadata>`;
  return [
    `<network><name>${name}</name>`,
    uuid === undefined ? '' : `<uuid>${uuid}</uuid>`,
    metadata,
    `<forward mode='${mode}'/>`,
    bridge === undefined ? '' : `<bridge name='${bridge}'/>`,
    `<ip address='${ip}.1' prefix='24'><dhcp><range start='${ip}.100' end='${ip}.120'/>${dhcp}</dhcp></ip>`,
    `${rest}</network>`,
  ].join('');
}

export const forwards = (...guests: readonly string[]): string =>
  `<g:forwards>${guests.map((guest, index) => `<g:forward protocol='tcp' port='${8080 + index}' to='80' ${guest}/>`).join('')}</g:forwards>`;

export const define = (text: string): Change => ({ change: 'define-network', text, file: 'given.xml' });
export const create = (text: string): Change => ({ change: 'create-network', text, file: 'given.xml' });
export const start = (network: string): Change => ({ change: 'start-network', network });
export const destroy = (network: string): Change => ({ change: 'destroy-network', network });
export const undefine = (network: string): Change => ({ change: 'undefine-network', network });
export const autostart = (network: string, on = true): Change => ({
  change: 'autostart-network',
  network,
  autostart: on,
});
export const applyLive = (network: string, text: string): Change => ({
  change: 'apply-live',
  network,
  text,
  file: 'given.xml',
});
