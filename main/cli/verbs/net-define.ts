import { applyChanges } from '../apply-changes.ts';
import { changedNetworks } from '../networks/changed-networks.ts';
import { readTextFile } from '../read-text-file.ts';
import type { Verb } from '../verb.ts';

export const netDefine: Verb = {
  name: 'net-define',
  summary: 'define an inactive persistent virtual network or modify an existing persistent one from an XML file',
  description:
    'Define or modify a persistent virtual network. One that is started goes on as it is until it is started anew.',
  argument: { name: 'file', description: 'file containing an XML network description; - is standard input' },
  options: [{ name: 'validate', description: 'accepted for virsh; the XML is always checked' }],
  changes: true,
  ofVirsh: true,
  async run(call) {
    const [file = ''] = call.values;
    const text = readTextFile(file);
    if (!text.ok) return text;
    return applyChanges(call, [{ change: 'define-network', text: text.value, file }], {
      headline: `Failed to define network from ${file}`,
      done(applied) {
        const [{ name, uuid } = { name: '', uuid: undefined }] = changedNetworks(applied, 'network', file);
        return { text: `Network ${name} defined from ${file}\n`, json: { defined: { name, uuid, file } } };
      },
    });
  },
};
