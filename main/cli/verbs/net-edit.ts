import type { Change } from '../../engine/change.ts';
import { applyTo } from '../apply-changes.ts';
import { editDefinition } from '../edit-definition.ts';
import { findNetwork } from '../networks/find-network.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

async function edit(call: Call): Promise<Report> {
  return withEngine(call, async (engine) => {
    const found = findNetwork(engine.workspace, call.values[0] ?? '');
    if (!found.ok) return found;
    const { name, live, persistent } = found.value;
    const file = `${name}.xml`;
    const before = (persistent ?? live)?.text ?? '';
    return editDefinition(call, {
      name,
      before,
      unchanged: `Network ${name} XML configuration not changed.\n`,
      define(text) {
        const changes: readonly Change[] = [
          ...(persistent === undefined ? [] : [{ change: 'define-network', text, file } as const]),
          ...(live === undefined ? [] : [{ change: 'apply-live', network: name, text, file } as const]),
        ];
        return applyTo(engine, call, changes, {
          headline: `Failed to define network ${name}`,
          done: () => ({ text: `Network ${name} XML configuration edited.\n`, json: { edited: name } }),
        });
      },
    });
  });
}

export const netEdit: Verb = {
  name: 'net-edit',
  summary: 'edit XML configuration for a network',
  description:
    'Edit the XML configuration for a network with $VISUAL, $EDITOR, sensible-editor or vi. A network that is started is changed in place as well; --dry-run tells whom that interrupts.',
  argument: { name: 'network', description: 'network name or uuid' },
  changes: true,
  ofVirsh: true,
  run: edit,
};
