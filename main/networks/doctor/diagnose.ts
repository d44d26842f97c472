import { findOverlaps } from '../choose/find-overlaps.ts';
import type { DoctorFacts, Patient } from './doctor-facts.ts';
import { describeOverlap, findAilments, findSettings } from './find-ailments.ts';
import { findCulprits } from './find-culprits.ts';
import type { Finding } from './finding.ts';

/** All that is in the way of these networks, by network, the worst first. */
export function diagnose(facts: DoctorFacts, networks: readonly Patient[]): readonly Finding[] {
  const documents = networks.map(({ document }) => document);
  const overlaps = findOverlaps(facts.host, documents).map(describeOverlap);
  const findings = networks.flatMap((patient) => [
    ...findAilments(facts, patient),
    ...findCulprits(facts, patient),
    ...findSettings(facts, patient),
  ]);
  const names = documents.map(({ name }) => name);
  return [...findings, ...overlaps].sort(
    (a, b) =>
      names.indexOf(a.network) - names.indexOf(b.network) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
}

const severities: readonly Finding['severity'][] = ['error', 'warning', 'info'];
