import type { Engine } from '../../engine/engine.ts';
import { applyTo } from '../apply-changes.ts';
import { editText } from '../edit-text.ts';
import { filterHeadline } from '../filter-headline.ts';
import { failureText } from '../print/failure-text.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

const explanation = `y - yes, start editor again
n - no, throw away my changes
f - force, try to redefine again
? - print this help
`;

const thrownAway: Report = {
  ok: false,
  failure: { kind: 'editor', message: 'the changes were thrown away', cure: '' },
};

/** What to do after a text that was refused: virsh's question (libvirt: vshAskReedit). */
async function askAgain({ terminal }: Call): Promise<'y' | 'n' | 'f'> {
  for (;;) {
    const answer = (await terminal.ask('Failed. Try again? [y,n,f,?]: ')).trim().toLowerCase();
    if (answer === 'y' || answer === 'n' || answer === 'f') return answer;
    terminal.write(explanation);
  }
}

function define(engine: Engine, call: Call, name: string, text: string): Promise<Report> {
  return applyTo(engine, call, [{ change: 'define-filter', text, file: `${name}.xml` }], {
    headline: `Failed to define network filter ${name}`,
    done: () => ({ text: `Network filter ${name} XML configuration edited.\n`, json: { edited: name } }),
  });
}

async function edit(call: Call): Promise<Report> {
  const [name = ''] = call.values;
  const { filterXml } = await import('../../engine/definition-xml.ts');
  let text: string | undefined;
  return withEngine(call, async (engine) => {
    const before = filterXml(engine.workspace, name, 'source');
    if (!before.ok) return { ...before, headline: filterHeadline(name)(before.failure) };
    let mode: 'y' | 'n' | 'f' = 'y';
    for (;;) {
      if (mode === 'y') {
        const edited = await editText(text ?? before.value, name, call.terminal.environment);
        if (!edited.ok) return edited;
        text = edited.value;
      }
      if (text === undefined || text === before.value) {
        const unchanged = `Network filter ${name} XML configuration not changed.\n`;
        return { ok: true, text: call.quiet ? '' : unchanged, json: { edited: null } };
      }
      const report = await define(engine, call, name, text);
      if (report.ok || !call.terminal.interactive) return report;
      call.terminal.writeError(failureText(report));
      mode = await askAgain(call);
      if (mode === 'n') return thrownAway;
    }
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
