import type { GuestwardSettings } from '../../../shared/network/network-document.ts';
import type { Change } from '../../engine/change.ts';
import type { Engine } from '../../engine/engine.ts';
import type { StoredNetwork } from '../../engine/workspace.ts';
import { applyTo, type ChangeWords } from '../apply-changes.ts';
import type { Call, Report } from '../verb.ts';

/** Changes what Guestward itself keeps of a network, in its definition and, at once, where it is started. */
export async function changeSettings(
  engine: Engine,
  call: Call,
  { name, persistent, live }: StoredNetwork,
  edit: (settings: GuestwardSettings) => GuestwardSettings,
  words: ChangeWords,
): Promise<Report> {
  const { printNetwork } = await import('../../networks/print/print-network.ts');
  const file = `${name}.xml`;
  const changes: readonly Change[] = [
    ...(persistent === undefined
      ? []
      : [{ change: 'define-network', text: printNetwork(withSettings(persistent.document)), file } as const]),
    ...(live === undefined
      ? []
      : [{ change: 'apply-live', network: name, text: printNetwork(withSettings(live.document)), file } as const]),
  ];
  return applyTo(engine, call, changes, words);

  function withSettings<T extends { readonly settings: GuestwardSettings }>(document: T): T {
    return { ...document, settings: edit(document.settings) };
  }
}
