import type { Accept } from '../network-setup.ts';
import type { HostFamily } from './host-rules.ts';

/** An accept as nft writes rules (man nft, EXPRESSIONS), for a table of this family. */
export function writeNftAccept(accept: Accept, family: HostFamily, comment: string): string {
  const { iif, oif, saddr, daddr, protocol, dports, connection } = accept;
  const ip = accept.family === 'ipv4' ? 'ip' : 'ip6';
  return [
    ...(family === 'inet' ? [`meta nfproto ${accept.family}`] : []),
    ...(iif === undefined ? [] : [`iifname "${iif}"`]),
    ...(oif === undefined ? [] : [`oifname "${oif}"`]),
    ...(saddr === undefined ? [] : [`${ip} saddr ${saddr}`]),
    ...(daddr === undefined ? [] : [`${ip} daddr ${daddr}`]),
    ...(protocol === undefined ? [] : [`meta l4proto ${protocol === 'icmpv6' ? 'ipv6-icmp' : protocol}`]),
    ...(dports === undefined ? [] : [`th dport ${portsWith(dports, '-')}`]),
    ...(connection === undefined ? [] : [connection === 'dnat' ? 'ct status dnat' : 'ct state established,related']),
    `accept comment "${comment}"`,
  ].join(' ');
}

/** An accept as the words of a rule of iptables (man iptables-extensions); behind `-A CHAIN`. */
export function writeIptablesAccept(accept: Accept, comment: string): string {
  const { iif, oif, saddr, daddr, protocol, dports, connection } = accept;
  return [
    ...(saddr === undefined ? [] : ['-s', saddr]),
    ...(daddr === undefined ? [] : ['-d', daddr]),
    ...(iif === undefined ? [] : ['-i', iif]),
    ...(oif === undefined ? [] : ['-o', oif]),
    ...(protocol === undefined ? [] : ['-p', protocol === 'icmpv6' ? 'ipv6-icmp' : protocol]),
    ...(protocol === undefined || dports === undefined ? [] : ['-m', protocol, '--dport', portsWith(dports, ':')]),
    ...(connection === undefined
      ? []
      : ['-m', 'conntrack', '--ctstate', connection === 'dnat' ? 'DNAT' : 'RELATED,ESTABLISHED']),
    '-m',
    'comment',
    '--comment',
    comment,
    '-j',
    'ACCEPT',
  ].join(' ');
}

function portsWith({ low, high }: { readonly low: number; readonly high: number }, sign: string): string {
  return low === high ? String(low) : `${low}${sign}${high}`;
}
