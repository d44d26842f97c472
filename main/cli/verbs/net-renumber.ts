import type { Subnet } from '../../../shared/net/subnet.ts';
import type { Workspace } from '../../engine/workspace.ts';
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
      const { name, live } = found.value;
      const [{ renumberChanges }, { formatSubnet }] = await Promise.all([
        import('../../engine/actions/renumber-changes.ts'),
        import('../../../shared/net/subnet.ts'),
      ]);
      const subnet = formatSubnet(to.value);
      const moved = renumberChanges(engine.workspace, found.value, to.value);
      if (moved === undefined) {
        return refused(
          `network ${name} has no addresses that would fit into ${subnet}`,
          'name a subnet of the same family that is at least as large',
        );
      }
      const { from, changes } = moved;
      return applyTo(engine, call, changes, {
        headline: `Failed to move network ${name} to ${subnet}`,
        done: () => ({
          text: `Network ${name} moved from ${from} to ${subnet}\n${live === undefined ? '' : 'Guests that are running ask for their new addresses when they renew their leases, or at once when they are reconnected.\n'}`,
          json: { renumbered: { network: name, from, to: subnet } },
        }),
      });
    }),
};
