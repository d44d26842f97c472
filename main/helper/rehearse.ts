import { checkPlan } from '../../shared/plan/check-plan.ts';
import { helperRequestSchema } from '../../shared/plan/helper-protocol.ts';
import { emptyRuleset } from '../../shared/plan/ruleset.ts';
import { shapeOf } from '../../shared/plan/shape.ts';
import { writeNft } from '../../shared/plan/write-nft.ts';
import { makeMarker } from './marker.ts';
import { rehearsalPlan as plan } from './rehearsal-plan.ts';

/**
 * Goes through a plan's way up to nft, for nothing but this: code that runs for the first time takes several times as long. It is done while other
 * programs are waited for.
 */
export function rehearse(): void {
  helperRequestSchema.safeParse({ id: 0, method: 'apply', params: { plan } });
  checkPlan(plan, shapeOf(emptyRuleset));
  writeNft(plan.operations, { generation: 1, marker: makeMarker(1, plan), forgotten: [], fresh: false });
}
