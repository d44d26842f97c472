import { printable } from '../print/printable.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const confirm: Verb = {
  name: 'confirm',
  summary: 'keep a change that would be taken back by itself',
  description:
    'Keep the change that was made with --confirm, or in the app, and that is taken back by itself unless it is confirmed in time.',
  writes: true,
  run: (call) =>
    withEngine(call, async (engine) => {
      const confirmed = await engine.confirm();
      if (!confirmed.ok) return { ...confirmed, headline: 'Failed to confirm the change' };
      const { activity, title } = confirmed.value;
      return { ok: true, text: call.quiet ? '' : `Kept: ${printable(title)}\n`, json: { confirmed: activity, title } };
    }),
};
