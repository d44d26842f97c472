import type { GuestwardSettings, NetworkDocument } from '../../../shared/network/network-document.ts';
import { printNetwork } from '../../networks/print/print-network.ts';
import type { Change } from '../change.ts';
import type { StoredNetwork } from '../workspace.ts';

export type Edit = (document: NetworkDocument) => NetworkDocument;

/** Both sides of a network after an edit. */
export function edited({ name, persistent, live }: StoredNetwork, edit: Edit): StoredNetwork {
  const side = (text: StoredNetwork['live']) => {
    const document = text && edit(text.document);
    return document && { document, text: printNetwork(document) };
  };
  return { name, persistent: side(persistent), live: side(live) };
}

/** Changes a network in its definition and, at once, where it is started. */
export function documentChanges({ name, persistent, live }: StoredNetwork): readonly Change[] {
  const file = `${name}.xml`;
  return [
    ...(persistent === undefined ? [] : [{ change: 'define-network', text: persistent.text, file } as const]),
    ...(live === undefined ? [] : [{ change: 'apply-live', network: name, text: live.text, file } as const]),
  ];
}

/** An edit of what Guestward itself keeps of a network. */
export const editSettings =
  (edit: (settings: GuestwardSettings) => GuestwardSettings): Edit =>
  (document) => ({ ...document, settings: edit(document.settings) });
