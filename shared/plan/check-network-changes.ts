import { checkNetworkSetup } from './check-network-setup.ts';
import { definitionFileName } from './definition-file-name.ts';
import { foldNetworks, type Setups } from './fold-networks.ts';
import type { NetworkChange, NetworkSetup } from './network-setup.ts';

/** What is wrong with a plan's networks, on top of those that stand: each by itself, and what two of them would both have. */
export function checkNetworkChanges(
  changes: readonly NetworkChange[] | undefined,
  standing: Setups,
): readonly { readonly message: string }[] {
  if (changes === undefined) return [];
  const seen = new Set<string>();
  const problems = changes.flatMap(({ network, setup }) => {
    const named = definitionFileName(network) === undefined ? ['it cannot be kept under this name'] : [];
    const twice = seen.has(network) ? ['it stands twice'] : [];
    const missing = setup === null && !standing.has(network) ? ['it does not stand'] : [];
    seen.add(network);
    return [...named, ...twice, ...missing, ...(setup === null ? [] : checkNetworkSetup(setup))].map((message) => ({
      message: `network ${JSON.stringify(network)}: ${message}`,
    }));
  });
  return [...problems, ...checkTogether(foldNetworks(standing, changes))];
}

function checkTogether(setups: Setups): readonly { readonly message: string }[] {
  const owners = new Map<string, string>();
  return Array.from(setups).flatMap(([network, setup]) =>
    claims(setup).flatMap((claim) => {
      const owner = owners.get(claim);
      owners.set(claim, network);
      if (owner === undefined) return [];
      return [{ message: `${claim} is of both ${JSON.stringify(owner)} and ${JSON.stringify(network)}` }];
    }),
  );
}

/** What only one network can have. A network of mode lan has addresses that the uplink has too. */
function claims({ link, taps, addresses, proxy }: NetworkSetup): readonly string[] {
  return [
    ...(link === undefined ? [] : [`the device ${link.bridge}`]),
    ...taps.map(({ device }) => `the device ${device}`),
    ...(proxy === undefined ? addresses.map(({ address }) => `the address ${address}`) : []),
  ];
}
