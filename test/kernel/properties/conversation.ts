import type { HeaderField } from '../../../main/compiler/policy/header-field.ts';
import type { IpFamily } from '../../../main/compiler/policy/policy.ts';
import { toHex } from '../../frames/bytes.ts';
import { etherType } from '../../frames/link.ts';
import { sctpChunk, tcpFlag } from '../../frames/transport.ts';
import type { BenchFrame } from '../rig/bench.ts';
import type { Dice } from './dice.ts';
import { frameOf, packetOf, type Sketch } from './sketch.ts';

const opposites: readonly (readonly [HeaderField, HeaderField])[] = [
  ['ether-source', 'ether-destination'],
  ['ip-source', 'ip-destination'],
  ['ip6-source', 'ip6-destination'],
  ['source-port', 'destination-port'],
];

/** The other side's words: the same packet with its ends swapped. */
function answer(sketch: Sketch): Sketch {
  const fields = new Map(sketch.fields);
  for (const [one, other] of opposites) {
    const [a, b] = [sketch.fields.get(one), sketch.fields.get(other)];
    fields.delete(one);
    fields.delete(other);
    if (a !== undefined) fields.set(other, a);
    if (b !== undefined) fields.set(one, b);
  }
  // What a sketch leaves out is filled in by its direction, but these two have one value for both sides.
  const [source, destination] = [
    sketch.fields.get('source-port') ?? 40_000n,
    sketch.fields.get('destination-port') ?? 80n,
  ];
  fields.set('source-port', destination).set('destination-port', source);
  return { ...sketch, direction: sketch.direction === 'out' ? 'in' : 'out', fields };
}

const withField = (sketch: Sketch, field: HeaderField, value: number): Sketch => ({
  ...sketch,
  fields: new Map(sketch.fields).set(field, BigInt(value)),
});

function tcpWords(first: Sketch): readonly Sketch[] {
  const say = (sketch: Sketch, flags: number, sequence: number, acknowledgement: number): Sketch => ({
    ...sketch,
    tcp: { ...sketch.tcp, flags, sequence, acknowledgement },
  });
  const { syn, ack, psh, fin } = tcpFlag;
  const back = answer(first);
  return [
    say(first, syn, 1000, 0),
    say(back, syn | ack, 5000, 1001),
    say(first, ack, 1001, 5001),
    say(back, psh | ack, 5001, 1001),
    say(first, fin | ack, 1001, 5001),
  ];
}

const icmpAnswers: Readonly<Record<number, number>> = { 8: 0, 13: 14, 128: 129 };

function words(first: Sketch): readonly Sketch[] {
  const back = answer(first);
  switch (Number(first.fields.get('transport-protocol') ?? 17n)) {
    case 6:
      return tcpWords(first);
    case 1:
    case 58: {
      const type = Number(first.fields.get('icmp-type') ?? (first.fields.get('transport-protocol') === 1n ? 8n : 128n));
      return [first, withField(back, 'icmp-type', icmpAnswers[type] ?? type), first];
    }
    case 132:
      return [first, { ...back, sctpChunk: sctpChunk.data }, first];
    default:
      return [first, back, first];
  }
}

/** An ICMP error about the packet, from its receiver. */
function complaint(about: Sketch, family: IpFamily): Sketch {
  const protocol = family === 'ipv4' ? 1 : 58;
  let error = answer({ ...about, extensions: [], fragment: 0, badChecksum: false });
  error = withField(withField(error, 'transport-protocol', protocol), 'ip-protocol', protocol);
  error = withField(withField(error, 'icmp-type', family === 'ipv4' ? 3 : 1), 'icmp-code', family === 'ipv4' ? 3 : 4);
  return { ...error, quoted: packetOf(about, family) };
}

/** A packet with what goes before, between and after it in its connection; sometimes an error about it, or a word too many. */
export function conversation(first: Sketch, family: IpFamily, dice: Dice): readonly BenchFrame[] {
  const spoken = [...words(first)];
  if (dice.chance(0.3)) spoken.splice(1 + dice.below(2), 0, complaint(first, family));
  if (dice.chance(0.3)) spoken.splice(dice.below(spoken.length), 1);
  if (dice.chance(0.2)) spoken.push(dice.pick(spoken));
  return spoken.map((sketch) => ({ dir: sketch.direction, hex: toHex(frameOf(sketch, etherType[family])) }));
}
