import type { Cure } from '../../shared/plan/network-setup.ts';
import { hostNetworks } from '../machine/host-networks.ts';
import { hostSettings } from '../machine/host-settings.ts';
import { diagnose } from '../networks/doctor/diagnose.ts';
import type { Patient } from '../networks/doctor/doctor-facts.ts';
import type { Finding } from '../networks/doctor/finding.ts';
import type { Engine } from './engine.ts';
import type { Outcome } from './failure.ts';

export type { Finding } from '../networks/doctor/finding.ts';

/** Finds out what is in the way of the networks with these names. */
export async function examine(engine: Engine, names: ReadonlySet<string>): Promise<Outcome<readonly Finding[]>> {
  const inspection = await engine.inspect();
  if (!inspection.ok) return inspection;
  const states = await engine.networkStates();
  if (!states.ok) return states;
  const status = await engine.status();
  if (!status.ok) return status;
  const { networks, setups } = engine.workspace;
  const patients = [...networks.values()].flatMap(({ name, live, persistent }): readonly Patient[] => {
    const document = (live ?? persistent)?.document;
    if (document === undefined) return [];
    const setup = live === undefined ? undefined : setups[name];
    return [{ document, setup, state: live === undefined ? undefined : states.value[name] }];
  });
  const rulesLost = status.value.force === 'lost';
  const facts = { host: hostNetworks(), settings: hostSettings(), inspection: inspection.value, rulesLost };
  const findings = diagnose(facts, patients).filter(({ network }) => names.has(network));
  return { ok: true, value: findings };
}

/** The cures that a network has, and those that findings offer it, each once; a bridge is in one zone alone, the last. */
export function curesWith(
  engine: Pick<Engine, 'workspace'>,
  network: string,
  findings: readonly Finding[],
): readonly Cure[] {
  const offered = findings.flatMap((finding) =>
    finding.network === network && finding.cure !== undefined ? [finding.cure.cure] : [],
  );
  const all = [...(engine.workspace.setups[network]?.cures ?? []), ...offered];
  const keyOf = (cure: Cure) => (cure.cure === 'firewalld-zone' ? cure.cure : JSON.stringify(cure));
  return [...new Map(all.map((cure) => [keyOf(cure), cure])).values()];
}
