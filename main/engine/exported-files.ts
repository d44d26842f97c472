import { printNetwork } from '../networks/print/print-network.ts';
import { bindingXml, filterXml } from './definition-xml.ts';
import type { Workspace } from './workspace.ts';

export interface ExportedFile {
  readonly folder: 'networks' | 'filters' | 'bindings';
  readonly name: string;
  readonly text: string;
}

/** All that is defined here, in libvirt's own shape; stock filters are left away: they come with the program. */
export function exportedFiles(
  workspace: Pick<Workspace, 'networks' | 'filters' | 'bindings'>,
): readonly ExportedFile[] {
  const networks = [...workspace.networks.values()].flatMap(({ name, persistent, live }) => {
    const document = (persistent ?? live)?.document;
    return document === undefined ? [] : [{ folder: 'networks', name, text: printNetwork(document) } as const];
  });
  const filters = [...workspace.filters].flatMap(([name, { stock }]) => {
    const xml = stock ? undefined : filterXml(workspace, name, 'canonical');
    return xml?.ok ? [{ folder: 'filters', name, text: xml.value } as const] : [];
  });
  const bindings = [...workspace.bindings.keys()].flatMap((name) => {
    const xml = bindingXml(workspace, name, 'canonical');
    return xml.ok ? [{ folder: 'bindings', name, text: xml.value } as const] : [];
  });
  return [...networks, ...filters, ...bindings];
}
