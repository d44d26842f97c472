import type { Dns } from '../../../shared/network/network-document.ts';
import { block, tag } from './tag.ts';
import { textOf } from './text-of.ts';

/** Nothing where everything is as libvirt has it without `<dns>`. */
export function printDns({ enabled, forwardPlainNames, forwarders, hosts, txts, srvs }: Dns): readonly string[] {
  const attributes = {
    enable: enabled ? undefined : 'no',
    forwardPlainNames: forwardPlainNames ? undefined : 'no',
  };
  return block('dns', attributes, [
    ...forwarders.flatMap(({ domain, address, port }) => tag('forwarder', { domain, addr: address, port })),
    ...txts.flatMap(({ name, value }) => tag('txt', { name, value })),
    ...srvs.flatMap(({ service, protocol, domain, target, port, priority, weight }) =>
      tag('srv', { service, protocol, domain, target, port, priority, weight }),
    ),
    ...hosts.flatMap(({ address, hostnames }) =>
      block(
        'host',
        { ip: address },
        hostnames.map((name) => `<hostname>${textOf(name)}</hostname>`),
      ),
    ),
  ]);
}
