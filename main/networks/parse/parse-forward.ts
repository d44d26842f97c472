import { parseIpAddress } from '../../../shared/net/ip-address.ts';
import type { Forward, Range } from '../../../shared/network/network-document.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { createReader, type Reader } from './reader.ts';
import { unsupportedModes } from './unsupported-parts.ts';
import { address, choice, deviceName, type Kind, port, yesNo } from './value-kinds.ts';

const modes = choice('nat', 'route', 'open', 'bridge', 'none');

function readMode(forward: Reader, findings: Findings): Forward['mode'] {
  const mode = forward.attribute('mode');
  const reason = unsupportedModes[mode?.value ?? ''];
  if (mode !== undefined && reason !== undefined) {
    const details = { attribute: 'mode', found: mode.value, expected: 'nat, route, open or bridge' };
    const message = `The forward mode ${mode.value} is not supported: ${reason}.`;
    findings.error('unsupported', message, mode.valueSpan, details);
    return 'isolated';
  }
  const read = mode === undefined ? 'nat' : (forward.read('mode', modes) ?? 'isolated');
  return read === 'none' ? 'isolated' : read;
}

/** `<interface dev>` says the same as the attribute dev, which libvirt writes beside it. */
function readDevice(forward: Reader, mode: Forward['mode'], findings: Findings): string | undefined {
  const dev = forward.read('dev', deviceName);
  const [first, second] = forward.all('interface');
  if (mode === 'bridge' && first !== undefined) {
    const message = '<interface> in the forward mode bridge is not supported: it is a pool of devices for macvtap.';
    findings.error('unsupported', message, first.span, { found: 'interface', expected: "<bridge name='BRIDGE'/>" });
    return undefined;
  }
  if (second !== undefined) {
    const message = 'A pool of devices is not supported: packets of a network leave by one device, or by any.';
    findings.error('unsupported', message, second.span, { found: 'interface', expected: 'one <interface>' });
  }
  if (first === undefined) return dev;
  const only = createReader(first, { attributes: ['dev', 'connections'] }, findings);
  const named = only.demand('dev', deviceName);
  if (dev !== undefined && named !== undefined && named !== dev) {
    only.refuse('dev', 'The <interface> is another device than dev of <forward>.', dev);
  }
  return dev ?? named;
}

function readRange<T>(
  element: XmlElement | undefined,
  kind: Kind<T>,
  isReversed: (low: T, high: T) => boolean,
  findings: Findings,
): Range<T> | undefined {
  if (element === undefined) return undefined;
  const reader = createReader(element, { attributes: ['start', 'end'] }, findings);
  const low = reader.demand('start', kind);
  const high = reader.demand('end', kind);
  if (low === undefined || high === undefined) return undefined;
  if (!isReversed(low, high)) return { low, high };
  reader.refuse('end', 'The range ends before it starts.', `${low} or higher`, 'reversed-range');
  return undefined;
}

const isHigher = (low: string, high: string): boolean =>
  (parseIpAddress(low)?.value ?? 0n) > (parseIpAddress(high)?.value ?? 0n);

/** Reads `<forward>`; a network without one is isolated. */
export function parseForward(element: XmlElement | undefined, root: XmlElement, findings: Findings): Forward {
  const nothing = { dev: undefined, natIpv6: false, natAddress: undefined, natPorts: undefined };
  if (element === undefined) return { mode: 'isolated', ...nothing, span: root.span };
  const forward = createReader(element, { attributes: ['mode', 'dev'], children: ['nat', 'interface'] }, findings);
  const mode = readMode(forward, findings);
  const dev = readDevice(forward, mode, findings);
  const nat = forward.only('nat');
  if (nat === undefined) return { mode, ...nothing, dev, span: element.span };
  if (mode !== 'nat') {
    const found = forward.attribute('mode')?.value ?? mode;
    findings.error('no-effect', '<nat> stands only in the forward mode nat.', nat.span, { found, expected: 'nat' });
  }
  const reader = createReader(nat, { attributes: ['ipv6'], children: ['address', 'port'] }, findings);
  return {
    mode,
    dev,
    natIpv6: reader.read('ipv6', yesNo) ?? false,
    natAddress: readRange(reader.only('address'), address('ipv4'), isHigher, findings),
    natPorts: readRange(reader.only('port'), port, (low, high) => low > high, findings),
    span: element.span,
  };
}
