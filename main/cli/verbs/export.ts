import type { Engine } from '../../engine/engine.ts';
import { count } from '../../engine/words/join-words.ts';
import { usage } from '../cli-failure.ts';
import { findNetwork, textOf } from '../networks/find-network.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

async function exportAll({ workspace }: Engine, folder: string): Promise<Report> {
  const [{ exportedFiles }, { writeDefinitions }] = await Promise.all([
    import('../../engine/exported-files.ts'),
    import('../networks/write-definitions.ts'),
  ]);
  const files = exportedFiles(workspace).map(({ folder: kind, name, text }) => ({ path: [kind, name], text }) as const);
  if (files.length === 0) {
    return {
      ok: true,
      text: 'There is nothing to export yet: no network, binding or filter of your own.\n',
      json: { written: [] },
    };
  }
  const written = writeDefinitions(folder, files);
  if (!written.ok) return { ...written, headline: `Failed to export to ${folder}` };
  return {
    ok: true,
    text: `${count(written.value.length, 'definition')} written to ${folder}\n`,
    json: { written: written.value },
  };
}

async function exportOne({ workspace }: Engine, call: Call): Promise<Report> {
  const found = findNetwork(workspace, call.values[0] ?? '');
  if (!found.ok) return found;
  if (call.has('nft')) {
    const { networkRulesText } = await import('../networks/network-rules-text.ts');
    const nft = networkRulesText(workspace, found.value);
    return { ok: true, text: nft, json: { nft } };
  }
  const { printNetwork } = await import('../../networks/print/print-network.ts');
  const xml = printNetwork(textOf(found.value).document);
  return { ok: true, text: xml, json: { xml } };
}

export const exportVerb: Verb = {
  name: 'export',
  summary: 'write networks as libvirt XML, or as text for nft',
  description:
    'Print a network as XML that libvirt takes, or (--nft) the rules that it comes to as text that nft reads. With --all, write every network, binding and filter of your own into a folder, a file each; files that are there stay as they are.',
  argument: { name: 'network', unless: 'all', description: 'network name or uuid' },
  options: [
    { name: 'xml', description: 'print the XML (default)' },
    { name: 'nft', description: "print the network's rules instead" },
    { name: 'all', value: 'DIR', description: 'write everything that is defined into this folder' },
  ],
  async run(call) {
    const folder = call.text('all');
    if (call.has('xml') && call.has('nft')) return usage('--xml and --nft are mutually exclusive');
    if (folder !== undefined && (call.has('nft') || call.values.length > 0)) {
      return usage('--all goes with no network, and not with --nft');
    }
    return withEngine(call, (engine) => (folder === undefined ? exportOne(engine, call) : exportAll(engine, folder)));
  },
};
