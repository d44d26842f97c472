import { ipProtocolNames, type PacketProtocol } from '../../../shared/nwfilter/protocols.ts';
import type { ConnectionState } from '../../../shared/nwfilter/values.ts';
import type { Direction, IpFamily, PolicyRule, Test } from '../policy/policy.ts';
import type { BoundRule } from './bound-rule.ts';
import { requires, type TestBuilder, testBuilder } from './test-builder.ts';

export interface PacketInstance {
  readonly direction: Direction;
  readonly family: IpFamily;
  readonly rule: PolicyRule;
}

const familyOf = (protocol: PacketProtocol): IpFamily =>
  protocol === 'icmpv6' || protocol.endsWith('-ipv6') ? 'ipv6' : 'ipv4';

function protocolTests(protocol: PacketProtocol): readonly Test[] {
  const name = protocol.replace(/-ipv6$/, '') as keyof typeof ipProtocolNames | 'all';
  return name === 'all' ? [] : [requires('transport-protocol', ipProtocolNames[name])];
}

function addressTests(build: TestBuilder, family: IpFamily, reversed: boolean): readonly Test[] {
  const [source, destination] =
    family === 'ipv4' ? (['ip-source', 'ip-destination'] as const) : (['ip6-source', 'ip6-destination'] as const);
  const one = (field: typeof source | typeof destination, name: 'src' | 'dst'): readonly Test[] => {
    const address = build.equal(field, `${name}ipaddr`, `${name}ipmask`);
    return address.length > 0 ? address : build.range(field, `${name}ipfrom`, `${name}ipto`);
  };
  return [...one(source, reversed ? 'dst' : 'src'), ...one(destination, reversed ? 'src' : 'dst')];
}

/** What the headers must be, seen in the rule's own direction or, reversed, in the answers'. */
function headerTests(build: TestBuilder, family: IpFamily, reversed: boolean): readonly Test[] {
  const flags = build.literal('flags', 'tcp-flags');
  const option = build.operand('option');
  const [source, destination] = reversed ? ['dst', 'src'] : ['src', 'dst'];
  return [
    ...addressTests(build, family, reversed),
    ...build.equal(family === 'ipv4' ? 'ip-dscp' : 'ip6-dscp', 'dscp'),
    ...(flags === undefined
      ? []
      : [{ test: 'tcp-flags', negated: flags.negated, mask: flags.literal.mask, flags: flags.literal.flags } as const]),
    ...build.range('source-port', `${source}portstart`, `${source}portend`),
    ...build.range('destination-port', `${destination}portstart`, `${destination}portend`),
    ...(option === undefined ? [] : [{ test: 'tcp-option', negated: option.negated, option: option.operand } as const]),
    ...build.icmp({ type: 'type', code: 'code' }),
  ];
}

/** MAC addresses are those of the rule's own direction: an answer comes from another machine. */
function macTests(build: TestBuilder): readonly Test[] {
  return [
    ...build.equal('ether-source', 'srcmacaddr', 'srcmacmask'),
    ...build.equal('ether-destination', 'dstmacaddr', 'dstmacmask'),
  ];
}

function ipsetTests(build: TestBuilder, reversed: boolean): readonly Test[] {
  const set = build.literal('ipset', 'text');
  if (set === undefined) return [];
  const flags = build.literal('ipsetflags', 'ipset-flags')?.literal.flags ?? ['src'];
  const swapped = { src: 'dst', dst: 'src' } as const;
  return [
    {
      test: 'ipset',
      negated: set.negated,
      set: set.literal.value,
      flags: reversed ? flags.map((flag) => swapped[flag]) : flags,
    },
  ];
}

interface Turn {
  readonly direction: Direction;
  readonly reversed: boolean;
  readonly states: readonly ConnectionState[];
  readonly connectionDirection: 'original' | 'reply' | undefined;
}

/**
 * In which directions a rule stands, and what it demands of the connection's state there.
 *
 * A rule with `state` stands in its own directions. Any other stands in both: as written in its own, and reversed, for the answers, in the other
 * one. An accepting rule then lets connections begin in its own direction only; a dropping one drops both ways. `inout` is written as the
 * incoming side sees it, and implies no state.
 */
function turnsOf({ scoped: { rule } }: BoundRule, build: TestBuilder): readonly Turn[] {
  const own: Direction = rule.direction === 'out' ? 'out' : 'in';
  const other: Direction = own === 'out' ? 'in' : 'out';
  const both = rule.direction === 'inout';
  const hasIcmpType = build.has('type', 'code');
  const hasLimit = build.has('connlimit-above');
  const explicit = rule.statematch ? build.literal('state', 'states')?.literal.states : undefined;

  const turn = (
    direction: Direction,
    states: readonly ConnectionState[],
    connectionDirection?: 'original' | 'reply',
  ): Turn => ({ direction, reversed: direction !== own, states, connectionDirection });

  const turns: Turn[] = [];
  if (explicit !== undefined) {
    turns.push(turn(own, explicit));
    if (both) turns.push(turn(other, explicit));
  } else if (both || !rule.statematch || rule.action !== 'accept') {
    turns.push(turn(own, []), turn(other, []));
  } else {
    const direct = hasIcmpType ? [] : (['original', 'reply'] as const);
    turns.push(hasLimit ? turn(own, []) : turn(own, ['NEW', 'ESTABLISHED'], direct[0]));
    turns.push(turn(other, ['ESTABLISHED'], direct[1]));
  }
  // An ICMP request's answer has another type, and a limit counts what is opened, not what is answered.
  return turns.filter(({ reversed }) => !reversed || !(hasLimit || (hasIcmpType && !both)));
}

/** The rules that a layer 4 rule becomes, one for each direction in which it stands. */
export function packetInstances(bound: BoundRule, protocol: PacketProtocol): readonly PacketInstance[] {
  const build = testBuilder(bound);
  const family = familyOf(protocol);
  const macs = macTests(build);
  const limit = build.operand('connlimit-above');
  const instances: PacketInstance[] = [];
  for (const { direction, reversed, states, connectionDirection } of turnsOf(bound, build)) {
    const headers = headerTests(build, family, reversed);
    // Reversed, a rule that named nothing but a MAC address would match everything.
    if (reversed && macs.length > 0 && headers.length === 0) continue;
    const tests: readonly Test[] = [
      ...protocolTests(protocol),
      ...(reversed ? [] : macs),
      ...headers,
      ...(states.length > 0 ? [{ test: 'state', states } as const] : []),
      ...(connectionDirection === undefined
        ? []
        : [{ test: 'connection-direction', direction: connectionDirection } as const]),
      ...ipsetTests(build, reversed),
      ...(limit === undefined ? [] : [{ test: 'connections', negated: limit.negated, above: limit.operand } as const]),
    ];
    const rule = { action: bound.scoped.rule.action, origin: bound.origin, tests, groups: bound.groups };
    instances.push({ direction, family, rule });
  }
  return instances;
}
