import { type HeaderField, headerFields } from '../../../main/compiler/policy/header-field.ts';
import {
  type Direction,
  directions,
  ipFamilies,
  isJump,
  type Operand,
  type Policy,
  type PolicyRule,
  type Test,
} from '../../../main/compiler/policy/policy.ts';
import { toHex } from '../../frames/bytes.ts';
import { etherType, inPppoe, tagged } from '../../frames/link.ts';
import { tcpFlag } from '../../frames/transport.ts';
import type { BenchFrame } from '../rig/bench.ts';
import { conversation } from './conversation.ts';
import type { Dice } from './dice.ts';
import { blankSketch, frameOf, type Sketch } from './sketch.ts';

interface Target {
  readonly direction: Direction;
  readonly family: 'ipv4' | 'ipv6' | undefined;
  readonly rule: PolicyRule;
}

function targetsIn(policy: Policy): readonly Target[] {
  return directions.flatMap((direction) => {
    const { root, chains } = policy.frames[direction];
    const onFrames = [...root.flatMap((entry) => (isJump(entry) ? [] : [entry])), ...Object.values(chains).flat()];
    const onPackets = ipFamilies.flatMap((family) =>
      policy.packets[direction][family].map((rule): Target => ({ direction, family, rule })),
    );
    return [...onFrames.map((rule): Target => ({ direction, family: undefined, rule })), ...onPackets];
  });
}

const allOnes = (field: HeaderField): bigint => (1n << BigInt(headerFields[field])) - 1n;

/** A number on, at the edge of, or just beside what the test wants; undefined where there is none. */
function aimNumber(
  test: Extract<Test, { test: 'equal' | 'range' }>,
  number: (operand: Operand) => bigint,
  inside: boolean,
  dice: Dice,
): bigint | undefined {
  const all = allOnes(test.field);
  if (test.test === 'range') {
    const [low, high] = [number(test.low), number(test.high)];
    const edges = inside ? [low, high, (low + high) / 2n] : [low - 1n, high + 1n];
    const fitting = edges.filter((value) => value >= 0n && value <= all);
    return fitting.length === 0 ? undefined : dice.pick(fitting);
  }
  const value = number(test.operand);
  const mask = test.mask === undefined ? all : number(test.mask);
  const free = all ^ mask;
  if (inside) return dice.chance(0.5) ? value : (value & mask) | (dice.bits(headerFields[test.field]) & free);
  if (mask === 0n) return undefined;
  const lowest = mask & -mask;
  const top = 1n << BigInt(mask.toString(2).length - 1);
  return value ^ dice.pick([lowest, lowest, top]);
}

interface Draft {
  readonly fields: Map<HeaderField, bigint>;
  flags: number | undefined;
  readonly options: number[];
  isFlow: boolean;
}

function aimTest(test: Test, draft: Draft, number: (operand: Operand) => bigint, hit: boolean, dice: Dice): void {
  const inside = 'negated' in test ? hit !== test.negated : hit;
  switch (test.test) {
    case 'equal':
    case 'range': {
      const value = aimNumber(test, number, inside, dice);
      if (value !== undefined) draft.fields.set(test.field, value);
      return;
    }
    case 'icmp': {
      const fields = ['icmp-type', 'icmp-code'] as const;
      const missed = inside ? undefined : dice.pick(fields);
      for (const [at, [low, high]] of [test.type, test.code].entries()) {
        const field = fields[at] as (typeof fields)[number];
        const value = aimNumber({ test: 'range', field, negated: false, low, high }, number, field !== missed, dice);
        if (value !== undefined) draft.fields.set(field, value);
      }
      return;
    }
    case 'gratuitous': {
      const sender = draft.fields.get('arp-sender-ip') ?? 0x0a210883n;
      draft.fields.set('arp-sender-ip', sender);
      draft.fields.set('arp-target-ip', inside ? sender : sender ^ dice.pick([1n, 1n << 31n, 1n << 16n]));
      return;
    }
    case 'tcp-flags': {
      const others = dice.below(64) & ~test.mask;
      draft.flags = test.flags | others;
      if (!inside)
        draft.flags ^= dice.pick(Object.values(tcpFlag).filter((bit) => (bit & test.mask) !== 0 || test.mask === 0));
      return;
    }
    case 'tcp-option': {
      const option = Number(number(test.option));
      draft.options.push(inside ? option : option ^ 1);
      return;
    }
    case 'state':
    case 'connection-direction':
    case 'connections':
      draft.isFlow ||= dice.chance(0.7);
      return;
    case 'ipset':
      return;
  }
}

const randomTypes = [etherType.ipv4, etherType.ipv6, etherType.arp, etherType.rarp, 0x88cc];
const ipProtocols = [6, 17, 1, 58, 132, 136, 2, 50, 51, 47, 59];

/** Some sketches are made a little strange, in ways that no test asks for. */
function makeStrange(sketch: Sketch, dice: Dice, { fragments }: { readonly fragments: boolean }): Sketch {
  const extensions = dice.chance(0.12)
    ? Array.from({ length: 1 + dice.below(2) }, () =>
        dice.pick(['destination', 'routing', 'hop-by-hop', 'broken'] as const),
      )
    : [];
  return {
    ...sketch,
    // Hop-by-hop options stand first or not at all (RFC 8200, 4.1).
    extensions: extensions.filter((kind, at) => kind !== 'hop-by-hop' || at === 0),
    badChecksum: dice.chance(0.04),
    cut: dice.chance(0.05) ? dice.below(24) : undefined,
    fragment: fragments && dice.chance(0.05) ? dice.pick([0x2000, 0x2001, 0x0002]) : 0,
  };
}

function wrap(frame: Uint8Array, type: number | 'bpdu', dice: Dice): Uint8Array {
  const identifier = () => dice.pick([0, 1, 10, 4095]);
  const isIp = type === etherType.ipv4 || type === etherType.ipv6;
  const throwOf = dice.below(100);
  if (throwOf < 5) return tagged(frame, identifier(), etherType.vlan, dice.below(8));
  if (throwOf < 8) return tagged(frame, identifier(), etherType.serviceVlan);
  if (throwOf < 10) return tagged(tagged(frame, identifier()), identifier(), etherType.serviceVlan);
  if (throwOf < 11) return tagged(tagged(frame, identifier()), identifier());
  if (throwOf < 13 && isIp) return inPppoe(frame);
  return frame;
}

/** Frames that rules of the policies are about: most hit one in every test, the others miss it in one. Never shorter than an Ethernet header. */
export function aimFrames(policies: readonly Policy[], dice: Dice): readonly BenchFrame[] {
  const targets = policies.flatMap(targetsIn);
  if (targets.length === 0) return [];
  const { direction, family, rule } = dice.pick(targets);
  const choice = rule.groups.map(({ rows }) => dice.pick(rows));
  const number = (operand: Operand): bigint =>
    operand.kind === 'value' ? operand.value : (choice[operand.group]?.[operand.column] as bigint);
  const draft: Draft = { fields: new Map(), flags: undefined, options: [], isFlow: false };
  const missed = dice.chance(0.4) ? dice.below(rule.tests.length + 1) : -1;
  for (const [at, test] of rule.tests.entries()) aimTest(test, draft, number, at !== missed, dice);

  const { fields } = draft;
  const isVlan = fields.has('vlan-id') || fields.has('vlan-type') || fields.get('ether-type') === 0x8100n;
  const named = isVlan ? fields.get('vlan-type') : fields.get('ether-type');
  const isBpdu =
    [...fields.keys()].some((field) => field.startsWith('stp-')) || fields.get('ether-destination') === 0x0180c2000000n;
  const type =
    family !== undefined
      ? etherType[family]
      : named !== undefined
        ? Number(named)
        : isBpdu
          ? 'bpdu'
          : dice.pick(randomTypes);
  if (!fields.has('transport-protocol') && !fields.has('ip-protocol')) {
    const protocol = BigInt(dice.pick(ipProtocols));
    fields.set('transport-protocol', protocol).set('ip-protocol', protocol);
  }
  const sketch = blankSketch(direction, fields);
  const fragments = policies.every(({ packets }) =>
    directions.every((way) => ipFamilies.every((each) => packets[way][each].length === 0)),
  );
  const strange = makeStrange(
    { ...sketch, tcp: { ...sketch.tcp, flags: draft.flags ?? sketch.tcp.flags, options: draft.options } },
    dice,
    { fragments },
  );
  if (family !== undefined && draft.isFlow) return conversation(strange, family, dice);
  let frame = frameOf(strange, type);
  if (isVlan) frame = tagged(frame, Number(fields.get('vlan-id') ?? BigInt(dice.below(4096))));
  else if (!dice.chance(0.05)) frame = wrap(frame, type, dice);
  if (dice.chance(0.04)) frame = frame.subarray(0, 14 + dice.below(frame.length - 14));
  return [{ dir: direction, hex: toHex(frame) }];
}
