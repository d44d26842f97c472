import type { Change } from '../../engine/change.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Finding } from '../../engine/examine.ts';
import { findNetwork } from '../networks/find-network.ts';
import { doctorText, isHealthy } from '../print/doctor-text.ts';
import { putBackText } from '../print/healing-text.ts';
import { jsonText } from '../print/json-text.ts';
import type { Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const doctor: Verb = {
  name: 'doctor',
  summary: "find out what is in a network's way, and mend it",
  description:
    "Look at everything that judges a network's packets or takes its ports and addresses: rules of Docker, firewalld, ufw, a VPN and others, settings of the kernel, processes, and the network's own parts. Each finding names its place and what helps. The exit status is 1 if something is in the way.",
  argument: { name: 'network', optional: true, description: 'network name or uuid; all networks if left out' },
  options: [
    {
      name: 'fix',
      description: 'apply the cures that are offered; they are undone when the network is stopped, or by undo',
    },
  ],
  writesWith: 'fix',
  async run(call) {
    let healthy = true;
    const report = await withEngine(call, async (engine): Promise<Report> => {
      const [wanted] = call.values;
      const found = wanted === undefined ? undefined : findNetwork(engine.workspace, wanted);
      if (found?.ok === false) return found;
      const names = new Set(found === undefined ? engine.workspace.networks.keys() : [found.value.name]);
      const { examine } = await import('../../engine/examine.ts');
      let examined = await examine(engine, names);
      if (!examined.ok) return { ...examined, headline: 'Failed to look at the host' };
      let cured: readonly Finding[] = [];
      if (call.has('fix')) {
        cured = examined.value.filter(({ cure }) => cure !== undefined);
        const changes = await curesFor(engine, cured);
        const applied = changes.length === 0 ? undefined : await engine.apply(changes, { dryRun: false });
        if (applied?.ok === false) return { ...applied, headline: 'Failed to apply the cures' };
        examined = await examine(engine, names);
        if (!examined.ok) return { ...examined, headline: 'Failed to look at the host again' };
      }
      const findings = examined.value;
      healthy = isHealthy(findings);
      const networks = [...names].sort().map((name) => ({
        name,
        active: engine.workspace.networks.get(name)?.live !== undefined,
      }));
      const done = cured.map(({ network, cure }) => `Cured ${network}: ${cure?.sentence}\n`).join('');
      const { healings } = engine;
      const text = `${call.quiet ? '' : done}${doctorText(networks, findings)}${putBackText(healings)}`;
      return { ok: true, text, json: { healthy, networks, findings, cured, healings } };
    });
    if (!report.ok) return report;
    call.terminal.write(call.has('json') ? jsonText(report) : report.text);
    return healthy ? 0 : 1;
  },
};

async function curesFor(engine: Engine, findings: readonly Finding[]): Promise<readonly Change[]> {
  const { curesWith } = await import('../../engine/examine.ts');
  const networks = [...new Set(findings.map(({ network }) => network))];
  return networks.map((network) => ({ change: 'cure-network', network, cures: curesWith(engine, network, findings) }));
}
