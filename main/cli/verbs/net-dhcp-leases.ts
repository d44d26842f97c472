import { formatMac, parseMac } from '../../../shared/net/mac.ts';
import { usage } from '../cli-failure.ts';
import { findNetwork, textOf } from '../networks/find-network.ts';
import { leasesTable } from '../print/leases-table.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const netDhcpLeases: Verb = {
  name: 'net-dhcp-leases',
  summary: 'print lease info for a given network',
  description: 'Print lease info for a given network',
  argument: { name: 'network', description: 'network name or uuid' },
  furtherArguments: [{ name: 'mac', optional: true, description: 'MAC address' }],
  ofVirsh: true,
  run: (call) =>
    withEngine(call, async (engine) => {
      const [network = ''] = call.valuesOf('network');
      const [text] = call.valuesOf('mac');
      const found = findNetwork(engine.workspace, network);
      if (!found.ok) return found;
      const mac = text === undefined ? undefined : parseMac(text);
      const headline = `Failed to get leases info for ${network}`;
      if (text !== undefined && mac === undefined) return { ...usage(`invalid MAC address: ${text}`), headline };
      const states = await engine.networkStates();
      if (!states.ok) return { ...states, headline };
      const { heldLeases } = await import('../../networks/leases/held-leases.ts');
      const wanted = mac === undefined ? undefined : formatMac(mac);
      const leases = heldLeases(textOf(found.value).document, states.value[found.value.name], Date.now() / 1000).filter(
        (lease) => wanted === undefined || lease.mac === wanted,
      );
      return { ok: true, text: leasesTable(leases, !call.quiet), json: leases };
    }),
};
