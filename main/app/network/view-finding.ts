import type { NetworkFinding } from '../../../shared/rpc/network.ts';
import { findingId } from '../../engine/actions/action-surroundings.ts';
import type { Finding } from '../../engine/examine.ts';

/** A finding as it is shown; what was and is not any more is left away. */
export function viewFinding(finding: Finding): readonly NetworkFinding[] {
  const { severity, what, culprit, cure, manual } = finding;
  if (severity === 'info') return [];
  const place = culprit && [culprit.place, culprit.rule].filter((each) => each !== undefined).join(': ');
  return [{ id: findingId(finding), severity, message: what, place, cure: cure?.sentence, manual }];
}
