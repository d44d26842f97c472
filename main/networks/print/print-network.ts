import { formatMac } from '../../../shared/net/mac.ts';
import { dnsmasqNamespace, type NetworkDocument } from '../../../shared/network/network-document.ts';
import { printBandwidth } from './print-bandwidth.ts';
import { printDns } from './print-dns.ts';
import { printForward } from './print-forward.ts';
import { printIp, printRoute } from './print-ip.ts';
import { printSettings } from './print-settings.ts';
import { block, indent, tag } from './tag.ts';
import { textOf } from './text-of.ts';

function printBridge({ forward, bridge }: NetworkDocument): readonly string[] {
  const table = bridge.macTableManager === 'libvirt' ? 'libvirt' : undefined;
  // Another's bridge is taken as it is.
  const own = forward.mode !== 'bridge' && { zone: bridge.zone, stp: bridge.stp ? 'on' : 'off', delay: bridge.delay };
  return [
    ...tag('bridge', { name: bridge.name, ...own, macTableManager: table }),
    ...(bridge.mtu === undefined ? [] : tag('mtu', { size: bridge.mtu })),
    ...(bridge.mac === undefined ? [] : tag('mac', { address: formatMac(bridge.mac) })),
  ];
}

function printMetadata({ settings, forward, foreignMetadata }: NetworkDocument): readonly string[] {
  const own = printSettings(settings, forward);
  // Another's text stays as it is to the byte, its line ends too.
  return block('metadata', {}, [...foreignMetadata, ...own]);
}

/** Writes a network in the shape of `virsh net-dumpxml`, ending in a line feed. What is written reads back as the same document. */
export function printNetwork(document: NetworkDocument): string {
  const { domain, portGroups, dnsmasqOptions } = document;
  const element = (name: string, text: string | undefined): readonly string[] =>
    text === undefined ? [] : [`<${name}>${textOf(text)}</${name}>`];
  const lines = [
    ...element('name', document.name),
    ...element('uuid', document.uuid),
    ...element('title', document.title),
    ...element('description', document.description),
    ...printMetadata(document),
    ...printForward(document.forward),
    ...printBridge(document),
    ...(domain === undefined
      ? []
      : tag('domain', {
          name: domain.name,
          localOnly: domain.localOnly ? 'yes' : undefined,
          register: domain.register ? 'yes' : undefined,
        })),
    ...printDns(document.dns),
    ...printBandwidth(document.bandwidth),
    ...(document.portsIsolated ? tag('port', { isolated: 'yes' }) : []),
    ...document.ips.flatMap(printIp),
    ...document.routes.flatMap(printRoute),
    ...portGroups.flatMap(({ name, isDefault, isolated, bandwidth }) => [
      ...tag('portgroup', { name, default: isDefault ? 'yes' : undefined }).map((line) => line.replace(/\/>$/, '>')),
      ...indent([...printBandwidth(bandwidth), ...(isolated ? tag('port', { isolated: 'yes' }) : [])]),
      '</portgroup>',
    ]),
    ...block(
      'dnsmasq:options',
      {},
      dnsmasqOptions.flatMap(({ value }) => tag('dnsmasq:option', { value })),
    ),
  ];
  const namespace = dnsmasqOptions.length === 0 ? '' : ` xmlns:dnsmasq='${dnsmasqNamespace}'`;
  const start = `<network${namespace}${document.guestIpv6 ? " ipv6='yes'" : ''}>`;
  return `${[start, ...indent(lines), '</network>'].join('\n')}\n`;
}
