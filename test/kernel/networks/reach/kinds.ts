import type { ResolvedNetwork } from '../../../../main/networks/resolved-network.ts';
import type { ForwardMode } from '../../../../shared/network/network-document.ts';
import { sampleForward, sampleIp, sampleNetwork } from '../../../unit/networks/rules/sample-network.ts';

export const families = ['ipv4', 'ipv6'] as const;
/** The network of gwa, a1 and a2. */
export const kind = (mode: ForwardMode, more: Partial<ResolvedNetwork> = {}): ResolvedNetwork =>
  sampleNetwork({ forward: sampleForward({ mode }), ...more });
/** The network of gwb and b1. */
export const other = (mode: ForwardMode): ResolvedNetwork =>
  sampleNetwork({
    name: 'b',
    bridge: { ...sampleNetwork().bridge, name: 'gwb' },
    ips: [sampleIp('10.90.2.1', 24), sampleIp('fd00:90:2::1', 64)],
    forward: sampleForward({ mode }),
  });

/** yes: answered; no: refused; gone: nobody answered. */
export type Said = 'yes' | 'no' | 'gone';
export const said = (answer: string): Said => (answer === 'refused' ? 'no' : answer === 'silence' ? 'gone' : 'yes');
