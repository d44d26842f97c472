import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Applied } from '../../engine/engine.ts';
import { textOf } from './find-network.ts';

/** The networks that a file made, or made otherwise. */
export function changedNetworks(
  { plan, workspace }: Applied,
  kind: 'network' | 'live-network',
  file: string,
): readonly NetworkDocument[] {
  const written = new Set(
    plan.definitions.filter((each) => each.kind === kind && each.text !== null).map(({ name }) => name),
  );
  return [...workspace.networks.values()]
    .map((stored) => (kind === 'network' ? (stored.persistent ?? textOf(stored)) : textOf(stored)).document)
    .filter(({ name, span }) => written.has(name) || span.file === file);
}
