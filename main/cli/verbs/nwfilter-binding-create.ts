import type { Change } from '../../engine/change.ts';
import { joinWords } from '../../engine/words/join-words.ts';
import { applyChanges } from '../apply-changes.ts';
import type { Result } from '../cli-failure.ts';
import { readTextFile } from '../read-text-file.ts';
import type { Call, Verb } from '../verb.ts';

/** The bindings that the call's files and its list make, in one order. */
async function readChanges(call: Call): Promise<Result<readonly Change[]>> {
  const changes: Change[] = [];
  for (const file of call.values) {
    const text = readTextFile(file);
    if (!text.ok) return text;
    changes.push({ change: 'create-binding', file, text: text.value });
  }
  const list = call.text('from');
  if (list === undefined) return { ok: true, value: changes };
  const text = readTextFile(list);
  if (!text.ok) return text;
  const { parseBindingList } = await import('../../../shared/nwfilter/parse-binding-list.ts');
  const bindings = parseBindingList(text.value, list);
  if (!bindings.ok) {
    const sources = new Map([[list, text.value]]);
    return {
      ok: false,
      failure: { kind: 'diagnostics', diagnostics: bindings.diagnostics, sources, devices: [] },
    };
  }
  changes.push(...bindings.value.map((binding) => ({ change: 'bind', binding, replace: false }) as const));
  return { ok: true, value: changes };
}

export const nwfilterBindingCreate: Verb = {
  name: 'nwfilter-binding-create',
  summary: 'create a network filter binding from an XML file',
  description:
    'Create a new network filter binding. The device may come later: its rules wait for it. Several files, or a list, are one change.',
  argument: {
    name: 'file',
    many: true,
    unless: 'from',
    description: 'file containing an XML network filter binding description; - is standard input',
  },
  options: [
    {
      name: 'from',
      value: 'LIST.json',
      description: 'file containing a JSON list of bindings: [{"device", "filter", "mac", "parameters"}]',
    },
    { name: 'validate', description: 'accepted for virsh; the XML is always checked' },
  ],
  changes: true,
  ofVirsh: true,
  async run(call) {
    const list = call.text('from');
    const files = [...call.values, ...(list === undefined ? [] : [list])];
    const headline = `Failed to create network filter${files.length === 1 ? '' : 's'} from ${joinWords(files)}`;
    const changes = await readChanges(call);
    if (!changes.ok) return changes.failure.kind === 'diagnostics' ? { ...changes, headline } : changes;
    return applyChanges(call, changes.value, {
      headline,
      done({ workspace }) {
        const created = [...workspace.bindings.values()]
          .map(({ binding }) => ({ device: binding.device, filter: binding.filter, file: binding.span.file }))
          .filter(({ file }) => files.includes(file));
        const lines = created.map(({ device, file }) => `Network filter binding on ${device} created from ${file}\n`);
        return { text: lines.join(''), json: { created } };
      },
    });
  },
};
