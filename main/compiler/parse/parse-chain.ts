import { chainPrefix } from '../../../shared/nwfilter/chain-prefix.ts';
import type { FilterDocument } from '../../../shared/nwfilter/filter-document.ts';
import { chainPriorities } from '../../../shared/nwfilter/protocols.ts';
import type { XmlAttribute } from '../xml/xml-element.ts';
import type { Findings } from './findings.ts';
import { parseInteger } from './parse-integer.ts';

/** libvirt's limit, from the length that chain names of ebtables have. */
const maxChainLength = 12;

const rules = 'root, or a name that starts with mac, vlan, stp, arp, rarp, ipv4 or ipv6';

function chainProblem(chain: string): readonly [problem: string, expected: string] | undefined {
  if (chain.length > maxChainLength) return ['is too long', `at most ${maxChainLength} characters`];
  if (!/^[A-Za-z0-9_.:-]*$/.test(chain))
    return ['has a character that chains cannot have', 'letters, digits and _ . : -'];
  return chainPrefix(chain) === undefined ? ['is not one that a chain can have', rules] : undefined;
}

/** The filter's chain and its priority, from attributes that may be missing or, which is the same, empty. */
export function parseChain(
  chain: XmlAttribute | undefined,
  priority: XmlAttribute | undefined,
  findings: Findings,
): Pick<FilterDocument, 'chain' | 'priority' | 'prioritySpecified'> {
  const name = chain?.value === undefined || chain.value === '' ? undefined : chain.value;
  const problem = name === undefined ? undefined : chainProblem(name);
  if (chain !== undefined && problem !== undefined) {
    const details = { attribute: 'chain', found: chain.value, expected: problem[1] };
    findings.error('bad-chain', `The name of the chain ${problem[0]}.`, chain.valueSpan, details);
  }
  const byPrefix = { chain: name ?? 'root', priority: chainPriorities[chainPrefix(name ?? 'root') ?? 'root'] };
  if (priority === undefined || priority.value === '') return { ...byPrefix, prioritySpecified: false };
  const number = parseInteger(priority.value, -1000, 1000);
  if (number === undefined) {
    const details = { attribute: 'priority', found: priority.value, expected: 'a number from -1000 to 1000' };
    findings.error('bad-value', 'The priority of the chain is not one that it can have.', priority.valueSpan, details);
  }
  if (name === undefined) {
    const details = { attribute: 'priority', expected: 'a chain' };
    findings.warn('no-effect', 'priority has no effect without chain.', priority.span, details);
    return { ...byPrefix, prioritySpecified: false };
  }
  return { chain: name, priority: number ?? byPrefix.priority, prioritySpecified: true };
}
