import { joinWords } from '../../engine/words/join-words.ts';
import { applyChanges } from '../apply-changes.ts';
import { readDefinitionFiles } from '../definition-files.ts';
import type { Verb } from '../verb.ts';

export const nwfilterDefine: Verb = {
  name: 'nwfilter-define',
  summary: 'define or update a network filter from an XML file',
  description:
    'Define a new network filter or update an existing one. Every NIC that uses it is changed at once; if one of them cannot take it, none is changed. Several files are one change.',
  argument: {
    name: 'file',
    many: true,
    unless: 'from',
    description: 'file containing an XML network filter description; - is standard input',
  },
  options: [
    { name: 'from', value: 'LIST.json', description: 'file containing a JSON list of names of such files' },
    { name: 'validate', description: 'accepted for virsh; the XML is always checked' },
  ],
  changes: true,
  ofVirsh: true,
  async run(call) {
    const files = readDefinitionFiles(call);
    if (!files.ok) return files;
    const names = files.value.map(({ file }) => file);
    const noun = names.length === 1 ? 'network filter' : 'network filters';
    return applyChanges(
      call,
      files.value.map(({ file, text }) => ({ change: 'define-filter', file, text })),
      {
        headline: `Failed to define ${noun} from ${joinWords(names)}`,
        done({ workspace }) {
          const defined = [...workspace.filters.values()].map(({ document }) => document);
          const filters = names.flatMap((file) =>
            defined.filter(({ span }) => span.file === file).map(({ name, uuid }) => ({ name, uuid, file })),
          );
          const lines = filters.map(({ name, file }) => `Network filter ${name} defined from ${file}\n`);
          return { text: lines.join(''), json: { defined: filters } };
        },
      },
    );
  },
};
