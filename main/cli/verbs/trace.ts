import { parseMac } from '../../../shared/net/mac.ts';
import { connectionStates } from '../../../shared/nwfilter/values.ts';
import type { Engine, TraceSubject } from '../../engine/engine.ts';
import type { TracedConnection } from '../../engine/trace.ts';
import { type Result, usage } from '../cli-failure.ts';
import { parseMacOption } from '../parse-mac-option.ts';
import { parseParameters } from '../parse-parameters.ts';
import { traceJson, traceText } from '../print/trace-text.ts';
import { parseFrame } from '../trace/parse-frame.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

const nicMac = 0x5254_0000_0002n;
const otherMac = 0x5254_0000_0001n;
const states = [...connectionStates, 'UNTRACKED'] as const;

function readConnection(call: Call): Result<TracedConnection | undefined> {
  const text = call.text('state') ?? (call.has('reply') ? 'ESTABLISHED' : undefined);
  if (text === undefined) return { ok: true, value: undefined };
  const state = states.find((each) => each === text.toUpperCase());
  if (state === undefined) return usage(`'${text}' is not a state`, `the states are ${states.join(', ')}`);
  return { ok: true, value: { state, direction: call.has('reply') ? 'reply' : 'original' } };
}

/** The MAC address that a bound NIC's frames carry. */
function boundMac({ workspace }: Engine, device: string): bigint | undefined {
  const binding = workspace.bindings.get(device)?.binding;
  return binding?.mac ?? parseMac(binding?.parameters['MAC']?.[0] ?? '');
}

async function traceWith(
  engine: Engine,
  call: Call,
  subject: TraceSubject,
  arpEnds: string | undefined,
): Promise<Report> {
  const device = 'device' in subject ? subject.device : undefined;
  const headline = `Failed to trace ${device ?? call.text('filter')}`;
  const mac = parseMacOption(call, 'mac');
  const peer = parseMacOption(call, 'peer-mac');
  const connection = readConnection(call);
  if (!mac.ok) return mac;
  if (!peer.ok) return peer;
  if (!connection.ok) return connection;
  const direction = call.text('direction') ?? 'out';
  if (direction !== 'out' && direction !== 'in') {
    return usage(`'${direction}' is not a direction`, 'out is what the guest sends, in is what it gets');
  }
  const own = mac.value ?? (device === undefined ? undefined : boundMac(engine, device)) ?? nicMac;
  const other = peer.value ?? otherMac;
  const macs = direction === 'out' ? { source: own, destination: other } : { source: other, destination: own };
  const frame = await parseFrame(call, macs, arpEnds);
  if (!frame.ok) return frame;
  const policy = engine.policyOf(subject);
  if (!policy.ok) return { ...policy, headline };
  const { traceFrame } = await import('../../engine/trace.ts');
  const traced = traceFrame(policy.value, { frame: frame.value, direction, connection: connection.value });
  return { ok: true, text: traceText(traced, call.terminal.colour), json: traceJson(traced) };
}

export const trace: Verb = {
  name: 'trace',
  summary: "why a frame passes a NIC's filter, or does not",
  description:
    "Ask for the verdict on a frame, and see each chain and rule that led to it. Nothing is sent and nothing is changed. The frame is one between the guest and another machine, sent by the guest unless --direction in is given. Ends are written as 'A>B', in quotes, or A-B; IPv6 with a port as [ADDRESS]:PORT.",
  argument: { name: 'dev', many: true, unless: 'filter', description: 'network device that is bound to a filter' },
  options: [
    { name: 'filter', value: 'FILTER', description: 'a filter in place of a device, bound or not' },
    { name: 'mac', value: 'MAC', description: "the guest's MAC address" },
    { name: 'param', value: 'NAME=VALUE', many: true, description: 'with --filter: value of a variable' },
    { name: 'frame', value: 'HEX', description: 'the frame, from its destination MAC address on' },
    { name: 'tcp', value: 'A:P>B:P', description: 'a TCP segment, SYN unless it belongs to a connection' },
    { name: 'udp', value: 'A:P>B:P', description: 'a UDP datagram' },
    { name: 'icmp', value: 'A>B[:TYPE[/CODE]]', description: 'an ICMP or ICMPv6 message, an echo request unless said' },
    { name: 'arp', value: 'request|reply', description: 'an ARP packet; A>B follows as a word of its own' },
    { name: 'direction', value: 'out|in', description: 'out, what the guest sends (default), or in, what it gets' },
    { name: 'state', value: 'STATE', description: `${states.join(', ')}; else what tracking makes of a first packet` },
    { name: 'reply', description: "the packet goes against its connection's first one" },
    { name: 'peer-mac', value: 'MAC', description: "the other machine's MAC address (52:54:00:00:00:01)" },
  ],
  async run(call) {
    const filter = call.text('filter');
    const isArp = call.has('arp');
    const most = (filter === undefined ? 1 : 0) + (isArp ? 1 : 0);
    if (call.values.length > most) return usage(`unexpected data '${call.values[most]}'`);
    const [device = ''] = call.values;
    const arpEnds = isArp ? call.values[filter === undefined ? 1 : 0] : undefined;
    const mac = parseMacOption(call, 'mac');
    if (!mac.ok) return mac;
    const parameters = parseParameters(call.texts('param'));
    if (!parameters.ok) return parameters;
    const subject = filter === undefined ? { device } : { filter, mac: mac.value, parameters: parameters.value };
    return withEngine(call, (engine) => traceWith(engine, call, subject, arpEnds));
  },
};
