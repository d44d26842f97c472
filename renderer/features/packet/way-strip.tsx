import { IconDeviceDesktop, IconShieldCheck, IconShieldX, IconSwitchHorizontal } from '@tabler/icons-react';
import type { Trace } from '../../../shared/rpc/packet.ts';
import { words } from '../../words/words.ts';
import './packet.css';

interface WayStripProps {
  readonly trace: Pick<Trace, 'direction' | 'verdict'>;
  /** The guest, or who would have the filter. */
  readonly guest: string;
  readonly filter: string;
  /** What the guest's NIC is plugged into. */
  readonly network: string;
}

/** Where on its way between guest and network the packet passes, or ends. */
export function WayStrip({ trace: { direction, verdict }, guest, filter, network }: WayStripProps) {
  const passes = verdict === 'accept';
  const ends = [
    { icon: <IconDeviceDesktop size={20} aria-hidden />, name: guest },
    { icon: <IconSwitchHorizontal size={20} aria-hidden />, name: network },
  ] as const;
  const [from, to] = direction === 'out' ? ends : [ends[1], ends[0]];
  return (
    <div className="way-strip" role="img" aria-label={words.packet.walk.way[verdict](from.name, filter, to.name)}>
      <div className="way-place">
        {from.icon}
        {from.name}
      </div>
      <div className="way-line" />
      <div className="way-place">
        {passes ? <IconShieldCheck size={20} aria-hidden /> : <IconShieldX size={20} aria-hidden />}
        {filter}
      </div>
      <div className="way-line" data-cut={passes ? undefined : true} />
      <div className="way-place">
        {to.icon}
        {to.name}
      </div>
    </div>
  );
}
