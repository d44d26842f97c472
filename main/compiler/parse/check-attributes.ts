import { attributeBases } from '../../../shared/nwfilter/attribute-bases.ts';
import type { RuleAttribute } from '../../../shared/nwfilter/filter-document.ts';
import type { ProtocolName } from '../../../shared/nwfilter/protocols.ts';
import type { Findings } from './findings.ts';

type ByName = ReadonlyMap<string, RuleAttribute>;

const portAttributes = ['srcportstart', 'srcportend', 'dstportstart', 'dstportend'];
const portProtocols = [6, 17, 33, 132];
const icmpv6Attributes = ['type', 'typeend', 'code', 'codeend'];
const icmpv6Protocol = 58;

/** Ports, and types of ICMPv6, need a protocol whose header has them; a variable could be any other, so it does not do. */
function checkProtocol(protocol: 'ip' | 'ipv6', attributes: ByName, findings: Findings): void {
  const number = attributes.get('protocol')?.value;
  const require = (names: readonly string[], allowed: readonly number[], expected: string): void => {
    if (number?.kind === 'number' && allowed.includes(number.value)) return;
    for (const name of names) {
      const attribute = attributes.get(name);
      if (attribute === undefined) continue;
      findings.error('requires-protocol', `${name} of <${protocol}> needs a protocol that has it.`, attribute.span, {
        attribute: name,
        found:
          number === undefined
            ? 'no protocol'
            : number.kind === 'variable'
              ? 'a variable as protocol'
              : 'another protocol',
        expected,
      });
    }
  };
  require(portAttributes, portProtocols, "protocol='tcp', 'udp', 'sctp' or '33' (DCCP)");
  if (protocol === 'ipv6') require(icmpv6Attributes, [icmpv6Protocol], "protocol='icmpv6'");
}

function checkBases(protocol: ProtocolName, attributes: ByName, unread: ReadonlySet<string>, findings: Findings): void {
  for (const { name, span } of attributes.values()) {
    const base = attributeBases[name];
    if (base === undefined || attributes.has(base) || unread.has(base)) continue;
    // What <ipv6> leaves out of type and code stands for the whole range.
    if (protocol === 'ipv6' && icmpv6Attributes.includes(name)) continue;
    findings.warn('no-effect', `${name} has no effect without ${base}.`, span, { attribute: name, expected: base });
  }
}

const rangeEnds = /(?:to|end|-hi)$/;

function checkRanges(attributes: ByName, findings: Findings): void {
  for (const { name, value: high, span } of attributes.values()) {
    const start = attributes.get(attributeBases[name] ?? '');
    const low = start?.value;
    if (!rangeEnds.test(name) || start === undefined || low === undefined) continue;
    if (!('value' in low && 'value' in high) || low.value <= high.value) continue;
    findings.warn(
      'reversed-range',
      `The range from ${start.name} to ${name} is empty: it ends before it starts.`,
      span,
      {
        attribute: name,
        notes: [{ message: 'It starts here.', span: start.span }],
      },
    );
  }
}

/** What the attributes of one rule demand of each other. `unread` are those that stand there, but whose values are reported already. */
export function checkAttributes(
  protocol: ProtocolName,
  attributes: readonly RuleAttribute[],
  unread: ReadonlySet<string>,
  findings: Findings,
): void {
  const byName: ByName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  if ((protocol === 'ip' || protocol === 'ipv6') && !unread.has('protocol')) checkProtocol(protocol, byName, findings);
  checkBases(protocol, byName, unread, findings);
  checkRanges(byName, findings);
}
