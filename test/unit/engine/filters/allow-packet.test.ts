import { describe, expect, it } from 'vitest';
import { buildFrame, type FrameDescription } from '../../../../main/compiler/evaluate/build-frame.ts';
import { parseFilter } from '../../../../main/compiler/parse/parse-filter.ts';
import { resolvePolicy } from '../../../../main/compiler/resolve/resolve-policy.ts';
import { allowingRule, ownFilterText, refusingLayer, withRules } from '../../../../main/engine/filters/allow-packet.ts';
import { loadStockFilters } from '../../../../main/engine/stock-filters.ts';

const mac = 0x5254_0000_0002n;
const other = 0x5254_0000_0001n;
const ends = { family: 'ipv4', source: 0x0a00_0002n, destination: 0x0a00_0009n } as const;
const ends6 = { family: 'ipv6', source: 0xfd00n << 112n, destination: (0xfd00n << 112n) + 9n } as const;
const frame = (content: FrameDescription['content']): Uint8Array =>
  buildFrame({ sourceMac: mac, destinationMac: other, content });
const syn = (port: number) =>
  ({ protocol: 'tcp', ...ends, sourcePort: 40_000, destinationPort: port, flags: 2 }) as const;
const connection = { state: 'NEW', direction: 'original' } as const;

/** A filter that drops everything, on frames or on packets. */
const dropping = {
  frames: "<filter name='base'><rule action='drop' direction='inout' priority='0'><mac/></rule></filter>",
  packets:
    "<filter name='base'><rule action='drop' direction='inout' priority='0'><all/></rule><rule action='drop' direction='inout' priority='0'><all-ipv6/></rule></filter>",
};

function policyOf(text: string, base: string) {
  const stock = loadStockFilters();
  const [parsed, parsedBase] = [parseFilter(text, 'own.xml'), parseFilter(base, 'base.xml')];
  if (!parsed.ok || !parsedBase.ok) throw new Error(JSON.stringify([parsed, parsedBase]));
  const lookup = (name: string) => (name === 'base' ? parsedBase.value : stock.get(name)?.document);
  const policy = resolvePolicy(parsed.value, { device: 'vnet0', mac, parameters: {} }, lookup);
  if (!policy.ok) throw new Error(JSON.stringify(policy.diagnostics));
  return policy.value;
}

const frames: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['TCP', frame(syn(25)), /dstportstart='25'/],
  ['UDP', frame({ protocol: 'udp', ...ends, sourcePort: 1000, destinationPort: 53 }), /dstportstart='53'/],
  ['ICMP', frame({ protocol: 'icmp', ...ends, type: 8, code: 0, identifier: 1 }), /10\.0\.0\.9/],
  ['TCP over IPv6', frame({ ...syn(443), ...ends6 }), /dstportstart='443'/],
];

describe('the rule that lets a packet through', () => {
  it.each(frames.flatMap((each) => (['frames', 'packets'] as const).map((layer) => [layer, ...each] as const)))(
    'on %s: %s',
    (layer, _, bytes, told) => {
      const base = dropping[layer];
      expect(refusingLayer(policyOf(base, base), bytes, 'out', connection)).toBe(layer);
      const rule = allowingRule(bytes, 'out', layer);
      expect(rule).toMatch(told);
      const text = ownFilterText('own-vnet0', 'vnet0', 'base', rule);
      expect(refusingLayer(policyOf(text, base), bytes, 'out', connection)).toBeUndefined();
      // And no more than that.
      expect(refusingLayer(policyOf(text, base), frame(syn(26)), 'out', connection)).toBe(layer);
    },
  );

  it.each<[string, Uint8Array, RegExp]>([
    [
      'ARP',
      frame({
        protocol: 'arp',
        operation: 2,
        senderMac: mac,
        senderIp: 0x0a00_0002n,
        targetMac: other,
        targetIp: 0x0a00_0009n,
      }),
      /<arp .*arpsrcipaddr='10\.0\.0\.2'/,
    ],
    [
      'another EtherType',
      Uint8Array.from([...frame(syn(25)).slice(0, 12), 0x88, 0xcc, ...new Array(46).fill(0)]),
      /protocolid='0x88cc'/,
    ],
  ])('speaks of %s by what it is', (_, bytes, told) => {
    const rule = allowingRule(bytes, 'out', 'frames');
    expect(rule).toMatch(told);
    const text = ownFilterText('own-vnet0', 'vnet0', 'base', rule);
    expect(refusingLayer(policyOf(text, dropping.frames), bytes, 'out', connection)).toBeUndefined();
  });

  it('goes before everything that the own filter says already, and leaves the rest as it was written', () => {
    const first = ownFilterText('own-vnet0', 'vnet0', 'base', allowingRule(frame(syn(25)), 'out', 'packets'));
    const both = withRules(first, allowingRule(frame(syn(80)), 'out', 'packets'));
    expect(both.indexOf("'80'")).toBeLessThan(both.indexOf("'25'"));
    expect(both.replace(allowingRule(frame(syn(80)), 'out', 'packets'), '')).toBe(first);
  });
});
