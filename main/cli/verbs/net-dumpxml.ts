import { findNetwork, textOf } from '../networks/find-network.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const netDumpxml: Verb = {
  name: 'net-dumpxml',
  summary: 'network information in XML',
  description:
    'Output the network information as an XML dump to stdout: of the network as it is started, if it is, and else as it is defined.',
  argument: { name: 'network', description: 'network name or uuid' },
  options: [
    { name: 'inactive', description: 'show inactive defined XML' },
    { name: 'source', description: 'the text as it was written, with its comments' },
  ],
  ofVirsh: true,
  run: (call) =>
    withEngine(call, async ({ workspace }) => {
      const found = findNetwork(workspace, call.values[0] ?? '');
      if (!found.ok) return found;
      const shown = (call.has('inactive') ? found.value.persistent : undefined) ?? textOf(found.value);
      if (call.has('source')) return { ok: true, text: shown.text, json: { xml: shown.text } };
      const { printNetwork } = await import('../../networks/print/print-network.ts');
      const xml = printNetwork(shown.document);
      return { ok: true, text: xml, json: { xml } };
    }),
};
