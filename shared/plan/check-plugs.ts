import { foldNetworks, type Setups } from './fold-networks.ts';
import type { Plan } from './plan.ts';

const bridgesOf = (setups: Setups): readonly string[] =>
  [...setups.values()].flatMap(({ link }) => (link === undefined ? [] : [link.bridge]));

/**
 * What is wrong with where a plan plugs NICs: a host's own bridge is none of Guestward's, and what Guestward has made goes by its network's setup.
 * Whether the NIC is where the plan says only the kernel knows.
 */
export function checkPlugs(
  { plugs = [], networks }: Pick<Plan, 'plugs' | 'networks'>,
  standing: Setups,
): readonly { readonly message: string }[] {
  if (plugs.length === 0) return [];
  const after = foldNetworks(standing, networks);
  const target = new Set(bridgesOf(after));
  const source = new Set([...bridgesOf(standing), ...target]);
  const taps = [standing, after].flatMap((setups) => [...setups.values()].flatMap((setup) => setup.taps));
  const own = new Set([...source, ...taps.map(({ device }) => device)]);
  const seen = new Set<string>();
  return plugs.flatMap(({ device, from, to }) => {
    const problems = [
      ...(seen.has(device) ? ['it stands twice'] : []),
      ...(own.has(device) ? ["it is of Guestward's own making"] : []),
      ...(from === to ? ['it stays where it is'] : []),
      ...(from !== undefined && !source.has(from) ? [`${from} is no bridge of a network`] : []),
      ...(to !== undefined && !target.has(to) ? [`${to} is no bridge of a network that stands then`] : []),
    ];
    seen.add(device);
    return problems.map((message) => ({ message: `plug ${device}: ${message}` }));
  });
}
