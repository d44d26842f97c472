import type { Bridge } from '../../../shared/network/network-document.ts';
import { isDeviceName } from '../../../shared/plan/device-name.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { createReader } from './reader.ts';
import { choice, integer, type Kind, mac, onOff, pattern } from './value-kinds.ts';

/** The kernel's own limit for forward_delay. */
const maxDelay = 30;

const bridgeName: Kind<string> = {
  expected: 'a device name of up to 15 letters, digits and _ . -, with at most one %d for a number',
  parse: (text) => (isDeviceName(text.replace('%d', '0')) ? text : undefined),
};

export interface BridgeElements {
  readonly bridge: XmlElement | undefined;
  readonly mac: XmlElement | undefined;
  readonly mtu: XmlElement | undefined;
}

/** Reads `<bridge>`, `<mac>` and `<mtu>`. */
export function parseBridge(elements: BridgeElements, root: XmlElement, findings: Findings): Bridge {
  const element = elements.bridge ?? { ...root, attributes: [], children: [] };
  const attributes = ['name', 'stp', 'delay', 'zone', 'macTableManager'];
  const bridge = createReader(element, { attributes }, findings);
  const hardware =
    elements.mac === undefined ? undefined : createReader(elements.mac, { attributes: ['address'] }, findings);
  const mtu = elements.mtu === undefined ? undefined : createReader(elements.mtu, { attributes: ['size'] }, findings);
  return {
    name: bridge.read('name', bridgeName),
    stp: bridge.read('stp', onOff) ?? true,
    delay: bridge.read('delay', integer(0, maxDelay)) ?? 0,
    zone: bridge.read('zone', pattern(/^[A-Za-z0-9_-]{1,17}$/, 'the name of a zone of firewalld')),
    macTableManager: bridge.read('macTableManager', choice('kernel', 'libvirt')) ?? 'kernel',
    mac: hardware?.demand('address', mac),
    mtu: mtu?.demand('size', integer(68, 65535)),
    span: element.span,
  };
}
