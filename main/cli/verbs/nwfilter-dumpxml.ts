import { filterHeadline } from '../filter-headline.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const nwfilterDumpxml: Verb = {
  name: 'nwfilter-dumpxml',
  summary: 'network filter information in XML',
  description: 'Output the network filter information as an XML dump to stdout.',
  argument: { name: 'nwfilter', description: 'network filter name or uuid' },
  options: [{ name: 'source', description: 'the text as it was written, with its comments' }],
  ofVirsh: true,
  run: (call) =>
    withEngine(call, async ({ workspace }) => {
      const [name = ''] = call.values;
      const { filterXml } = await import('../../engine/definition-xml.ts');
      const xml = filterXml(workspace, name, call.has('source') ? 'source' : 'canonical');
      if (!xml.ok) return { ...xml, headline: filterHeadline(name)(xml.failure) };
      return { ok: true, text: xml.value, json: { xml: xml.value } };
    }),
};
