import type { Subnet } from '../../../shared/net/subnet.ts';
import type { Change } from '../../engine/change.ts';
import type { Workspace } from '../../engine/workspace.ts';
import type { Move } from '../../networks/choose/renumber.ts';
import { applyTo } from '../apply-changes.ts';
import { type Result, refused, usage } from '../cli-failure.ts';
import { findNetwork, textOf } from '../networks/find-network.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

async function subnetFor(text: string | undefined, { networks }: Workspace): Promise<Result<Subnet>> {
  if (text !== undefined) {
    const { parseSubnet } = await import('../../../shared/net/subnet.ts');
    const subnet = parseSubnet(text);
    return subnet === undefined
      ? usage(`'${text}' is not a subnet`, 'write it as 10.20.30.0/24, with no bits behind the prefix')
      : { ok: true, value: subnet };
  }
  const { chooseSubnet } = await import('../../networks/choose/choose-subnet.ts');
  const { hostNetworks } = await import('../../engine/host.ts');
  const chosen = chooseSubnet(
    hostNetworks(),
    [...networks.values()].map((stored) => textOf(stored).document),
  );
  return chosen === undefined
    ? refused('no private subnet is free on this host', 'name the one to move to, such as 10.20.30.0/24')
    : { ok: true, value: chosen };
}

/** Filters' parameters that are addresses of the old subnet move along. */
function movedBindings({ bindings }: Workspace, move: Move): readonly Change[] {
  return [...bindings.values()].flatMap(({ binding }) => {
    const parameters = Object.fromEntries(
      Object.entries(binding.parameters).map(([name, values]) => [name, values.map(move)]),
    );
    const isMoved = Object.entries(parameters).some(([name, values]) =>
      values.some((value, at) => value !== binding.parameters[name]?.[at]),
    );
    return isMoved ? [{ change: 'bind', binding: { ...binding, parameters }, replace: true } as const] : [];
  });
}

export const netRenumber: Verb = {
  name: 'net-renumber',
  summary: 'move a network to another subnet',
  description:
    "Move a network, with its DHCP ranges and hosts, DNS hosts, routes, forwards and the addresses in filters' parameters, to another subnet; without one, to a subnet that is far from all others. Addresses keep their last part. Guests of a started network have to ask for their addresses anew.",
  argument: { name: 'network', description: 'network name or uuid' },
  furtherArguments: [{ name: 'subnet', optional: true, description: 'the new subnet, such as 10.20.30.0/24' }],
  changes: true,
  run: (call) =>
    withEngine(call, async (engine) => {
      const found = findNetwork(engine.workspace, call.valuesOf('network')[0] ?? '');
      if (!found.ok) return found;
      const to = await subnetFor(call.valuesOf('subnet')[0], engine.workspace);
      if (!to.ok) return to;
      const { name, persistent, live } = found.value;
      const [{ renumber }, { formatSubnet }, { printNetwork }] = await Promise.all([
        import('../../networks/choose/renumber.ts'),
        import('../../../shared/net/subnet.ts'),
        import('../../networks/print/print-network.ts'),
      ]);
      const moved = renumber(textOf(found.value).document, to.value);
      if (moved === undefined) {
        return refused(
          `network ${name} has no addresses that would fit into ${formatSubnet(to.value)}`,
          'name a subnet of the same family that is at least as large',
        );
      }
      const defined = persistent && (renumber(persistent.document, to.value)?.document ?? persistent.document);
      const file = `${name}.xml`;
      const changes: readonly Change[] = [
        ...(defined === undefined ? [] : [{ change: 'define-network', text: printNetwork(defined), file } as const]),
        ...(live === undefined
          ? []
          : [{ change: 'apply-live', network: name, text: printNetwork(moved.document), file } as const]),
        ...movedBindings(engine.workspace, moved.move),
      ];
      const [from, subnet] = [formatSubnet(moved.from), formatSubnet(to.value)];
      return applyTo(engine, call, changes, {
        headline: `Failed to move network ${name} to ${subnet}`,
        done: () => ({
          text: `Network ${name} moved from ${from} to ${subnet}\n${live === undefined ? '' : 'Guests that are running ask for their new addresses when they renew their leases, or at once when they are reconnected.\n'}`,
          json: { renumbered: { network: name, from, to: subnet } },
        }),
      });
    }),
};
