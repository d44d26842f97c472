import { hostname } from 'node:os';
import type { HostFacts, HostLink } from '../../../shared/network/host-facts.ts';
import type { Machine, Uplink } from '../../../shared/rpc/machine.ts';

type HostView = Pick<Machine, 'host' | 'uplinks' | 'foreignBridges'>;

const kinds: Readonly<Partial<Record<HostLink['kind'], Uplink['kind']>>> = {
  wireless: 'wireless',
  cable: 'cable',
  tunnel: 'tunnel',
  bridge: 'bridge',
};

function uplinkOf({ name, kind, up }: HostLink, { addresses, routes }: HostFacts): Uplink {
  const defaults = routes.filter(({ device, prefix, table }) => device === name && prefix === 0 && table === 'main');
  return {
    device: name,
    kind: kinds[kind] ?? 'other',
    up,
    addresses: addresses
      .filter(({ device, scope }) => device === name && scope === 'global')
      .map(({ address, prefix }) => `${address}/${prefix}`),
    defaultFor: (['ipv4', 'ipv6'] as const).filter((family) => defaults.some((route) => route.family === family)),
    gateways: [...new Set(defaults.flatMap(({ gateway }) => gateway ?? []))],
  };
}

/** The host's own side: what leads out, and bridges that are somebody else's. `own`: bridges of Guestward's networks. */
export function viewHost(facts: HostFacts, own: ReadonlySet<string>): HostView {
  const outward = ({ name, kind, master }: HostLink): boolean =>
    !own.has(name) && master === undefined && (kind === 'wireless' || kind === 'cable' || kind === 'tunnel');
  const isDefault = (name: string): boolean =>
    !own.has(name) && facts.routes.some(({ device, prefix }) => device === name && prefix === 0);
  return {
    host: { name: hostname(), forwarding: facts.forwarding },
    uplinks: facts.links
      .filter((link) => outward(link) || isDefault(link.name))
      .map((link) => uplinkOf(link, facts))
      .toSorted((a, b) => b.defaultFor.length - a.defaultFor.length || a.device.localeCompare(b.device)),
    foreignBridges: facts.links.flatMap(({ name, kind }): HostView['foreignBridges'] => {
      if (own.has(name) || isDefault(name)) return [];
      if (kind === 'docker' || kind === 'libvirt') return [{ device: name, owner: kind }];
      return kind === 'bridge' ? [{ device: name, owner: 'other' }] : [];
    }),
  };
}
