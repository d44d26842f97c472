import { formatMac, parseMac } from '../../../shared/net/mac.ts';
import type { Binding } from '../../../shared/nwfilter/binding.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { Action } from '../../../shared/rpc/changes.ts';
import type { Handlers } from '../../../shared/rpc/contract.ts';
import type { Failure } from '../../../shared/rpc/failure.ts';
import type { Allowance, packetMethods, Question, Subject, Trace } from '../../../shared/rpc/packet.ts';
import { allowingRule, ownFilterText, refusingLayer, withRules } from '../../engine/filters/allow-packet.ts';
import { examineFilter } from '../../engine/filters/examine-filter.ts';
import { judgedBy } from '../../engine/filters/judged-by.ts';
import { loadStockFilters } from '../../engine/stock-filters.ts';
import { traceFrame } from '../../engine/trace.ts';
import type { StoredFilter, Workspace } from '../../engine/workspace.ts';
import { failureOf } from '../failure-of.ts';
import type { AppSession } from '../session.ts';
import { readPacket } from './read-packet.ts';

const usualMac = 0x5254_0000_0002n;

type Known = Pick<Workspace, 'filters' | 'bindings'>;

interface Judged {
  readonly trace: Trace;
  readonly policy: Parameters<typeof refusingLayer>[0];
  readonly frame: Uint8Array;
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The MAC address that a subject's frames carry. */
function macOf(subject: Subject, { bindings }: Known): bigint {
  if (subject.of === 'filter') return parseMac(subject.mac ?? '') ?? usualMac;
  const binding = bindings.get(subject.device)?.binding;
  return binding?.mac ?? parseMac(binding?.parameters['MAC']?.[0] ?? '') ?? usualMac;
}

function sourcesOf(trace: Pick<Trace, 'path'>, filters: ReadonlyMap<string, StoredFilter>): Trace['sources'] {
  const names = new Set(trace.path.flatMap((step) => (step.step === 'rule' ? [step.filter] : [])));
  return Object.fromEntries([...names].map((name) => [name, filters.get(name)?.text ?? '']));
}

/** Judges a packet by a filter, and says which rule lets it through where none does yet. Nothing is sent. */
export function packetHandlers(session: AppSession): Pick<Handlers, keyof typeof packetMethods> {
  const stock = loadStockFilters();

  /** Filters that come with the program can be tried by anybody. */
  async function known(subject: Subject): Promise<Outcome<Known, Failure>> {
    const engine = await session.engine('read');
    if (engine.ok) return succeed(engine.value.workspace);
    if (subject.of === 'nic') return engine;
    return succeed({ filters: stock, bindings: new Map() });
  }

  function judge(question: Question, given: Known): Outcome<Judged, Failure> {
    const { subject, direction, connection } = question;
    const packet = readPacket(question, macOf(subject, given));
    if (!packet.ok) return packet;
    const policy = judgedBy(
      subject.of === 'nic'
        ? { device: subject.device }
        : { filter: subject.filter, mac: macOf(subject, given), parameters: subject.parameters },
      given,
    );
    if (!policy.ok) return fail(failureOf(policy.failure));
    const traced = traceFrame(policy.value, { frame: packet.value, direction, connection });
    const path = traced.path.map((step) => (step.step === 'rule' ? { ...step, tests: [...step.tests] } : step));
    const { verdict, decidedBy, malformed, summary, frame } = traced;
    const tracked = { state: traced.connection.state, direction: traced.connection.direction };
    const trace = { verdict, decidedBy, malformed, direction, connection: tracked, summary, path };
    const sources = sourcesOf(trace, given.filters);
    return succeed({ trace: { ...trace, frame: hexOf(frame), sources }, policy: policy.value, frame });
  }

  /** The filter of a NIC's own, with what it has already. */
  function ownFilter(
    { device, filter: base }: Binding,
    { filters }: Known,
  ): { readonly name: string; readonly text: string | undefined } {
    const isFree = (name: string): boolean => !filters.has(name);
    const name = `own-${device}`;
    if (base === name) return { name, text: filters.get(name)?.text };
    if (isFree(name)) return { name, text: undefined };
    for (let number = 2; ; number += 1)
      if (isFree(`${name}-${number}`)) return { name: `${name}-${number}`, text: undefined };
  }

  function allow(question: Question, given: Known): Outcome<Allowance, Failure> {
    const { subject, direction } = question;
    const binding = subject.of === 'nic' ? given.bindings.get(subject.device)?.binding : undefined;
    if (binding === undefined) {
      return fail({
        kind: 'no-nic',
        message: 'Only a guest whose NIC has a filter can be allowed something.',
        cure: 'Choose the guest in place of a filter, and ask again.',
      });
    }
    const own = ownFilter(binding, given);
    let rules = '';
    for (let turn = 0; turn < 2; turn += 1) {
      const judged = judge(question, withOwn(given, binding, own, rules));
      if (!judged.ok) return judged;
      const { trace, policy, frame } = judged.value;
      if (trace.malformed) {
        return fail({
          kind: 'malformed',
          message: 'The kernel itself drops this frame, for it is damaged: no rule can let it through.',
        });
      }
      const layer = refusingLayer(policy, frame, direction, {
        ...trace.connection,
        state: trace.connection.state as NonNullable<Question['connection']>['state'],
      });
      if (layer === undefined) break;
      rules += allowingRule(frame, direction, layer);
    }
    if (rules === '') return fail({ kind: 'passes-already', message: 'This packet passes already.' });
    const text = textWith(own, binding, rules);
    const attach: Action = {
      action: 'attach',
      device: binding.device,
      filter: own.name,
      mac: binding.mac === undefined ? undefined : formatMac(binding.mac),
      parameters: Object.fromEntries(Object.entries(binding.parameters).map(([name, values]) => [name, [...values]])),
    };
    const isNew = own.text === undefined;
    const actions: Action[] = [{ action: 'define-filter', text }, ...(isNew ? [attach] : [])];
    return succeed({ filter: own.name, isNew, rules, text, actions });
  }

  return {
    'packet.trace': async (question) => {
      const given = await known(question.subject);
      if (!given.ok) return given;
      const judged = judge(question, given.value);
      return judged.ok ? succeed(judged.value.trace) : judged;
    },
    'packet.allow': async (question) => {
      const given = await known(question.subject);
      return given.ok ? allow(question, given.value) : given;
    },
  };
}

type Own = { readonly name: string; readonly text: string | undefined };

const textWith = ({ name, text }: Own, { device, filter }: Binding, rules: string): string =>
  text === undefined ? ownFilterText(name, device, filter, rules) : withRules(text, rules);

/** The library as it would be with these rules in the NIC's own filter. */
function withOwn(known: Known, binding: Binding, own: Own, rules: string): Known {
  if (rules === '') return known;
  const text = textWith(own, binding, rules);
  const file = `${own.name}.xml`;
  const document = parseOwn(text, file);
  return {
    filters: new Map(known.filters).set(own.name, { document, file, text, stock: false }),
    bindings: new Map(known.bindings).set(binding.device, { binding: { ...binding, filter: own.name }, text: '' }),
  };
}

/** What we have written ourselves, or put into a filter that stands: it can be read. */
function parseOwn(text: string, file: string): StoredFilter['document'] {
  const { document } = examineFilter(text, file, () => undefined, usualAbilities);
  if (document === undefined) throw new Error(`${file} cannot be read with the rules put into it`);
  return document;
}

const usualAbilities = { bridgeConntrack: true, bridgeNetfilter: true, bridgeReject: true };
