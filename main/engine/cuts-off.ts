import { parseIpAddress } from '../../shared/net/ip-address.ts';
import { isWithin } from '../../shared/net/subnet.ts';
import type { NetworkDocument } from '../../shared/network/network-document.ts';
import { documentSubnets } from '../networks/choose/document-subnets.ts';
import type { Applied } from './engine.ts';
import { changedNics } from './words/preview-of.ts';
import type { Workspace } from './workspace.ts';

const touchesUplink = ({ forward }: NetworkDocument): boolean => forward.mode === 'lan' || forward.mode === 'bridge';

/**
 * Whether a change could cut off who looks on from this address: a guest, whose network or filter changes, or somebody on the LAN, where a network that
 * stands on the uplink itself does. Undefined: somebody at the machine, whom no network of guests carries.
 */
export function cutsOff(
  { plan, workspace }: Pick<Applied, 'plan' | 'workspace'>,
  before: Workspace,
  viewer: string | undefined,
): boolean {
  const address = viewer === undefined ? undefined : parseIpAddress(viewer);
  if (address === undefined) return false;
  const carries = (document: NetworkDocument) => documentSubnets(document).some((subnet) => isWithin(subnet, address));
  const documents = (name: string) =>
    [before, workspace].flatMap(({ networks }) => networks.get(name)?.live?.document ?? []);
  const touched = [
    ...plan.definitions.flatMap(({ kind, name }) => (kind === 'live-network' ? [name] : [])),
    ...(plan.networks ?? []).map(({ network }) => network),
  ].flatMap(documents);
  if (touched.some((document) => carries(document) || touchesUplink(document))) return true;
  const isGuest = [...before.networks.values()].some(({ live }) => live !== undefined && carries(live.document));
  return isGuest && changedNics(plan.definitions, workspace).length > 0;
}
