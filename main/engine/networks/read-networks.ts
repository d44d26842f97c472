import type { Diagnostic } from '../../../shared/diagnostic.ts';
import type { Port } from '../../../shared/network/port.ts';
import type { HelperReading } from '../../../shared/plan/helper-protocol.ts';
import { parseNetwork } from '../../networks/parse/parse-network.ts';
import { parsePort } from '../../networks/ports/parse-port.ts';
import type { Outcome } from '../failure.ts';
import type { StoredNetwork, Workspace } from '../workspace.ts';
import { lazyNetwork } from './network-text.ts';

export type NetworkTexts = Pick<HelperReading, 'networks' | 'liveNetworks' | 'ports' | 'rebooted'>;

/**
 * Reads networks and ports of the state folder. Networks are parsed when they are first asked for. What stood before the machine's last start does not
 * stand any more, until it is brought back.
 */
export function readNetworks(
  { networks: texts, liveNetworks, ports: portTexts, rebooted }: NetworkTexts,
  stateFolder: string,
): Outcome<Pick<Workspace, 'networks' | 'ports'>> {
  const lazy = (folder: string, name: string, text: string | undefined) =>
    text === undefined ? undefined : lazyNetwork(text, `${stateFolder}/${folder}/${name}.xml`, parseNetwork);
  const liveTexts = rebooted ? {} : liveNetworks;
  const names = new Set([...Object.keys(texts), ...Object.keys(liveTexts)]);
  const networks = new Map<string, StoredNetwork>();
  for (const name of names) {
    const persistent = lazy('networks', name, texts[name]);
    networks.set(name, { name, persistent, live: lazy('live-networks', name, liveTexts[name]) });
  }
  const ports = new Map<string, Port>();
  const diagnostics: Diagnostic[] = [];
  const sources = new Map<string, string>();
  for (const [device, text] of Object.entries(portTexts)) {
    const file = `${stateFolder}/ports/${device}.xml`;
    const parsed = parsePort(text, file);
    if (parsed.ok) ports.set(device, parsed.value);
    else {
      diagnostics.push(...parsed.diagnostics);
      sources.set(file, text);
    }
  }
  if (diagnostics.length > 0) return { ok: false, failure: { kind: 'diagnostics', diagnostics, sources, devices: [] } };
  return { ok: true, value: { networks, ports } };
}
