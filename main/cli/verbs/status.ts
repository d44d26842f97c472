import { statusJson, statusText } from '../print/status-text.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const status: Verb = {
  name: 'status',
  summary: 'what is in force, on which NICs, and what it has dropped',
  description:
    'Show the backend and why it was chosen, what the kernel can do, the NICs with their filters, and what each rule has dropped.',
  run: (call) =>
    withEngine(call, async (engine) => {
      const found = await engine.status();
      if (!found.ok) return { ...found, headline: 'Failed to look at what is in force' };
      const { devicePlaces } = await import('../../engine/host.ts');
      const { workspace } = engine;
      const view = { workspace, status: found.value, places: devicePlaces() };
      return { ok: true, text: statusText(view), json: statusJson(view) };
    }),
};
