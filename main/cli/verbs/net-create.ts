import { applyChanges } from '../apply-changes.ts';
import { changedNetworks } from '../networks/changed-networks.ts';
import { readTextFile } from '../read-text-file.ts';
import type { Verb } from '../verb.ts';

export const netCreate: Verb = {
  name: 'net-create',
  summary: 'create a network from an XML file',
  description: 'Create a network and start it. It lasts until it is destroyed.',
  argument: { name: 'file', description: 'file containing an XML network description; - is standard input' },
  options: [{ name: 'validate', description: 'accepted for virsh; the XML is always checked' }],
  changes: true,
  ofVirsh: true,
  async run(call) {
    const [file = ''] = call.values;
    const text = readTextFile(file);
    if (!text.ok) return text;
    return applyChanges(call, [{ change: 'create-network', text: text.value, file }], {
      headline: `Failed to create network from ${file}`,
      done(applied) {
        const [{ name, uuid } = { name: '', uuid: undefined }] = changedNetworks(applied, 'live-network', file);
        return { text: `Network ${name} created from ${file}\n`, json: { created: { name, uuid, file } } };
      },
    });
  },
};
