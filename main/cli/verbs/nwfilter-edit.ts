import type { Engine } from '../../engine/engine.ts';
import { applyTo } from '../apply-changes.ts';
import { editDefinition } from '../edit-definition.ts';
import { filterHeadline } from '../filter-headline.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

function define(engine: Engine, call: Call, name: string, text: string): Promise<Report> {
  return applyTo(engine, call, [{ change: 'define-filter', text, file: `${name}.xml` }], {
    headline: `Failed to define network filter ${name}`,
    done: () => ({ text: `Network filter ${name} XML configuration edited.\n`, json: { edited: name } }),
  });
}

async function edit(call: Call): Promise<Report> {
  const [name = ''] = call.values;
  const { filterXml } = await import('../../engine/definition-xml.ts');
  return withEngine(call, async (engine) => {
    const before = filterXml(engine.workspace, name, 'source');
    if (!before.ok) return { ...before, headline: filterHeadline(name)(before.failure) };
    return editDefinition(call, {
      name,
      before: before.value,
      unchanged: `Network filter ${name} XML configuration not changed.\n`,
      define: (text) => define(engine, call, name, text),
    });
  });
}

export const nwfilterEdit: Verb = {
  name: 'nwfilter-edit',
  summary: 'edit XML configuration for a network filter',
  description:
    'Edit the XML configuration for a network filter, as it was written, with $VISUAL, $EDITOR, sensible-editor or vi.',
  argument: { name: 'nwfilter', description: 'network filter name or uuid' },
  changes: true,
  ofVirsh: true,
  run: edit,
};
