import { findNetwork, textOf } from '../networks/find-network.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

export const netInfo: Verb = {
  name: 'net-info',
  summary: 'network information',
  description: 'Returns basic information about the network',
  argument: { name: 'network', description: 'network name or uuid' },
  ofVirsh: true,
  run: (call) =>
    withEngine(call, async ({ workspace }) => {
      const found = findNetwork(workspace, call.values[0] ?? '');
      if (!found.ok) return found;
      const { name, live, persistent } = found.value;
      const { uuid = '', bridge, forward } = textOf(found.value).document;
      const autostart = persistent?.document.settings.autostart ?? false;
      const facts = { name, uuid, active: live !== undefined, persistent: persistent !== undefined, autostart };
      const rows = [
        ['Name', name],
        ['UUID', uuid],
        ['Active', yesOrNo(facts.active)],
        ['Persistent', yesOrNo(facts.persistent)],
        ['Autostart', yesOrNo(autostart)],
        ...(bridge.name === undefined ? [] : [['Bridge', bridge.name]]),
      ];
      const text = rows.map(([label, value]) => `${`${label}:`.padEnd(16)}${value}\n`).join('');
      return { ok: true, text, json: { ...facts, bridge: bridge.name, mode: forward.mode } };
    }),
};
