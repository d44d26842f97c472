import { describeFrame } from '../../compiler/evaluate/describe-frame.ts';
import { viewFrame } from '../../compiler/evaluate/frame-view.ts';
import { mendFrame } from '../../compiler/evaluate/mend-frame.ts';
import type { LoggedPacket } from '../../machine/drop-log/read-nflog.ts';
import type { Workspace } from '../workspace.ts';
import type { Drop, RuleOwner } from './drop.ts';
import { ownerOf } from './owner-of.ts';

/** What the packet's names and numbers are looked up in. */
export interface DropSurroundings {
  /** As it is by now. */
  workspace(): Pick<Workspace, 'filters' | 'setups'>;
  deviceName(index: number): string | undefined;
}

interface Side {
  readonly direction: Drop['direction'];
  readonly device: string | undefined;
}

/** The guest's side of it. Filters judge what is sent before the bridge has chosen a port, and what is received after it has. */
function sideOf(
  { hook, inDevice, inPort, outDevice, outPort }: LoggedPacket,
  owner: RuleOwner | undefined,
  { workspace, deviceName }: DropSurroundings,
): Side {
  const out: Side = { direction: 'out', device: deviceName(inPort) ?? deviceName(inDevice) };
  const into: Side = { direction: 'in', device: deviceName(outPort) ?? deviceName(outDevice) };
  if (hook === 'prerouting' || hook === 'input') return out;
  if (hook !== 'forward' || owner === undefined || !('network' in owner)) return into;
  const bridge = workspace().setups[owner.network]?.link?.bridge;
  return bridge !== undefined && deviceName(inDevice) === bridge ? out : into;
}

const ethernetHeader = 14;

function ethernetOf({ linkHeader, protocol, payload }: LoggedPacket): Uint8Array {
  const header = linkHeader.length > 0 ? linkHeader : [...new Uint8Array(12), protocol >> 8, protocol & 0xff];
  return Uint8Array.from([...header, ...payload]);
}

/** IP says how long it is; of anything else nobody knows. */
function isCut({ payload, protocol }: LoggedPacket, copied: number): boolean {
  const at = protocol === 0x0800 ? 2 : protocol === 0x86dd ? 4 : undefined;
  if (at === undefined) return payload.length >= copied;
  const length = ((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0);
  return length + (protocol === 0x86dd ? 40 : 0) > payload.length;
}

/** What the kernel copies of a packet (`write-statement`). */
const copiedBytes = 160;

/** A packet of the log in the engine's terms. */
export function dropOf(logged: LoggedPacket, at: number, surroundings: DropSurroundings): Drop {
  const owner = ownerOf(logged.name, surroundings.workspace());
  const { direction, device = '?' } = sideOf(logged, owner, surroundings);
  const frame = mendFrame(ethernetOf(logged));
  const hasLink = logged.linkHeader.length >= ethernetHeader;
  return {
    at,
    name: logged.name,
    owner,
    device,
    direction,
    summary: describeFrame(frame),
    mac: hasLink ? viewFrame(frame).read('ether-source') : undefined,
    frame: hasLink ? frame : undefined,
    cut: isCut(logged, copiedBytes),
  };
}
