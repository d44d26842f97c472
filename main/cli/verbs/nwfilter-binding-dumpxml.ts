import { bindingHeadline } from '../filter-headline.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const nwfilterBindingDumpxml: Verb = {
  name: 'nwfilter-binding-dumpxml',
  summary: 'network filter binding information in XML',
  description: 'Output the network filter binding information as an XML dump to stdout.',
  argument: { name: 'binding', description: 'network filter binding portdev' },
  options: [{ name: 'source', description: 'the text as it was written, with its comments' }],
  ofVirsh: true,
  run: (call) =>
    withEngine(call, async ({ workspace }) => {
      const [device = ''] = call.values;
      const { bindingXml } = await import('../../engine/definition-xml.ts');
      const xml = bindingXml(workspace, device, call.has('source') ? 'source' : 'canonical');
      if (!xml.ok) return { ...xml, headline: bindingHeadline(device)(xml.failure) };
      return { ok: true, text: xml.value, json: { xml: xml.value } };
    }),
};
