// Compiles every stock filter, one NIC on each, again and again, and prints the milliseconds of each round as JSON.

import { nftablesBackend } from '../../main/compiler/backends/nftables/nftables-backend.ts';
import type { Policy } from '../../main/compiler/policy/policy.ts';
import { resolvePolicy } from '../../main/compiler/resolve/resolve-policy.ts';
import { loadStockFilters } from '../../main/engine/stock-filters.ts';
import { emptyRuleset } from '../../shared/plan/ruleset.ts';

const rounds = 30;
const abilities = { bridgeConntrack: false, bridgeNetfilter: true, bridgeReject: false };
/** What the stock filters ask for, by their family. */
const ipv4 = { IP: ['10.0.0.2'], DHCPSERVER: ['10.0.0.1'], GATEWAY_MAC: ['52:54:00:00:00:01'] };
const ipv6 = { IPV6: ['fd00::2'], DHCPSERVER: ['fd00::1'] };

function compileLibrary(): void {
  const filters = loadStockFilters();
  const lookup = (name: string) => filters.get(name)?.document;
  const policies = [...filters.values()].map(({ document }, index): Policy => {
    const parameters = /v6/.test(document.name) ? ipv6 : ipv4;
    const nic = { device: `vnet${index}`, mac: 0x5254_0000_0002n, parameters };
    const resolved = resolvePolicy(document, nic, lookup);
    if (!resolved.ok) throw new Error(`${document.name} is refused: ${JSON.stringify(resolved.diagnostics)}`);
    return resolved.value;
  });
  nftablesBackend.compile(policies, abilities, emptyRuleset);
}

const times = Array.from({ length: rounds }, () => {
  const start = performance.now();
  compileLibrary();
  return performance.now() - start;
});
console.log(JSON.stringify(times));
