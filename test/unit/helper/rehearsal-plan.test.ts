import { expect, it } from 'vitest';
import { rehearsalPlan } from '../../../main/helper/rehearsal-plan.ts';
import { checkPlan } from '../../../shared/plan/check-plan.ts';
import { planSchema } from '../../../shared/plan/plan.ts';
import { emptyRuleset } from '../../../shared/plan/ruleset.ts';
import { shapeOf } from '../../../shared/plan/shape.ts';

it('is a plan that would be carried out', () => {
  expect(planSchema.parse(rehearsalPlan)).toEqual(rehearsalPlan);
  expect(checkPlan(rehearsalPlan, shapeOf(emptyRuleset))).toMatchObject({ ok: true });
});
