import type { Accept } from '../network-setup.ts';
import type { HostFamily, HostMatch } from './host-rules.ts';
import { normalMatch } from './normal-match.ts';

/** An accept as the matches that a listing of its rule shows in a table of this family. */
export function acceptMatches(accept: Accept, family: HostFamily): readonly HostMatch[] {
  const { iif, oif, saddr, daddr, protocol, dports, connection } = accept;
  return [
    ...(family === 'inet' ? [normalMatch('family', [accept.family])] : []),
    ...(iif === undefined ? [] : [normalMatch('iif', [iif])]),
    ...(oif === undefined ? [] : [normalMatch('oif', [oif])]),
    ...(saddr === undefined ? [] : [normalMatch('saddr', [saddr])]),
    ...(daddr === undefined ? [] : [normalMatch('daddr', [daddr])]),
    ...(protocol === undefined ? [] : [normalMatch('protocol', [protocol])]),
    ...(dports === undefined ? [] : [normalMatch('dport', [`${dports.low}-${dports.high}`])]),
    ...(connection === undefined
      ? []
      : [normalMatch('ct-state', connection === 'dnat' ? ['dnat'] : ['established', 'related'])]),
  ];
}

/** Whether packets of this accept come by a table of this family. */
export function isOfFamily(accept: Accept, family: HostFamily): boolean {
  return family === 'inet' || (family === 'ip') === (accept.family === 'ipv4');
}
