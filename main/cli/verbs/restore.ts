import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const restore: Verb = {
  name: 'restore',
  summary: 'put the rules that were last in force into the kernel again',
  description: 'Bring the rules back that a restart or a flush has taken from the kernel, as they were last applied.',
  writes: true,
  run: (call) =>
    withEngine(call, async (engine) => {
      const restored = await engine.restore();
      if (!restored.ok) return { ...restored, headline: 'Failed to restore the rules' };
      const text = call.quiet ? '' : 'The rules are in force\n';
      return {
        ok: true,
        text,
        json: { restored: true, warnings: restored.value.warnings, notes: restored.value.notes },
        ...restored.value,
      };
    }),
};
