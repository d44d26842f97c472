import type { GuestwardSettings } from '../../../shared/network/network-document.ts';
import type { Engine } from '../../engine/engine.ts';
import type { StoredNetwork } from '../../engine/workspace.ts';
import { applyTo, type ChangeWords } from '../apply-changes.ts';
import type { Call, Report } from '../verb.ts';

/** Changes what Guestward itself keeps of a network, in its definition and, at once, where it is started. */
export async function changeSettings(
  engine: Engine,
  call: Call,
  network: StoredNetwork,
  edit: (settings: GuestwardSettings) => GuestwardSettings,
  words: ChangeWords,
): Promise<Report> {
  const { documentChanges, edited, editSettings } = await import('../../engine/actions/document-changes.ts');
  return applyTo(engine, call, documentChanges(edited(network, editSettings(edit))), words);
}
