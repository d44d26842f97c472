import { parseIpAddress } from '../../../shared/net/ip-address.ts';
import type { NetworkDocument, PortForward } from '../../../shared/network/network-document.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import { formatBlock, isInBlock } from '../addresses/block-subnet.ts';

const overlaps = (a: PortForward, b: PortForward): boolean =>
  a.protocol === b.protocol && a.hostPorts.low <= b.hostPorts.high && b.hostPorts.low <= a.hostPorts.high;

export const printPorts = ({ low, high }: PortForward['hostPorts']): string =>
  low === high ? `${low}` : `${low}-${high}`;

/** Two forwards of one port cannot both be, unless one is for IPv4 and the other for IPv6, as only addresses can say. */
function contradicts(a: PortForward, b: PortForward): boolean {
  const family = ({ guest }: PortForward) => ('address' in guest ? parseIpAddress(guest.address)?.family : undefined);
  const [one, other] = [family(a), family(b)];
  return overlaps(a, b) && (one === undefined || other === undefined || one === other);
}

/** Guestward's own settings, against the rest of the network. */
export function checkSettings(document: NetworkDocument, addressesKnown: boolean, findings: Findings): void {
  const { settings, ips, forward } = document;
  for (const [index, one] of settings.forwards.entries()) {
    const other = settings.forwards.slice(0, index).find((earlier) => contradicts(earlier, one));
    if (other !== undefined) {
      const found = `${one.protocol} ${printPorts(one.hostPorts)}`;
      const notes = [{ message: 'The other one is here.', span: other.span }];
      findings.error('duplicate-forward', 'Another forward has this port of the host.', one.span, { found, notes });
    }
    if (!('address' in one.guest) || forward.mode === 'lan' || !addressesKnown) continue;
    const { address } = one.guest;
    const guest = parseIpAddress(address);
    const around = ips.filter((block) => guest !== undefined && isInBlock(guest, block));
    if (around.length === 0) {
      const expected =
        ips.length === 0 ? 'a network with addresses' : `an address of ${ips.map(formatBlock).join(' or ')}`;
      findings.error('outside-subnet', 'The guest is in no subnet of the network.', one.span, {
        found: address,
        expected,
      });
    } else if (around.some((block) => block.address === address)) {
      const details = { found: address, expected: "a guest's address" };
      findings.error('own-address', "The forward leads to the bridge's own address.", one.span, details);
    }
  }
  if (forward.mode !== 'bridge') return;
  const { reach, openings, forwards } = settings;
  const isSet = openings !== undefined || forwards.length > 0 || Object.values(reach).includes(false);
  if (!isSet) return;
  const message =
    "Reach, openings and forwards need a bridge of Guestward's own: traffic of another one does not pass here.";
  const span = forwards[0]?.span ?? openings?.[0]?.span ?? forward.span;
  findings.error('no-effect', message, span, { found: "<forward mode='bridge'/>" });
}
