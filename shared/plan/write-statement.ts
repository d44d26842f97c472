import { dropLogGroups, ownName } from './own-names.ts';
import type { Rule, Statement } from './ruleset.ts';
import { writePortKey } from './write-field.ts';
import { writeMatch } from './write-match.ts';

/** A statement as nft text; `count` is the empty text, since the rule's own counter is all it does. */
export function writeStatement(statement: Statement): string {
  switch (statement.do) {
    case 'accept':
    case 'drop':
    case 'return':
      return statement.do;
    case 'count':
      return '';
    case 'log':
      throw new Error('A log statement has a name, which the rule gives it.');
    case 'jump':
    case 'goto':
      return `${statement.do} ${ownName(statement.chain)}`;
    case 'reject':
      return statement.with === 'tcp-reset' ? 'reject with tcp reset' : 'reject with icmpx port-unreachable';
    case 'dispatch':
      return `${writePortKey(statement.key)} vmap @${ownName(statement.map)}`;
    case 'dispatch-type': {
      const verdicts = statement.chains.map(
        ({ etherType, chain }) => `0x${etherType.toString(16).padStart(4, '0')} : jump ${ownName(chain)}`,
      );
      return `ether type vmap { ${verdicts.join(', ')} }`;
    }
    case 'set-mark':
      return `meta mark set ${writePortKey(statement.key)} map @${ownName(statement.map)}`;
    case 'clear-mark':
      return 'meta mark set 0x0';
    case 'masquerade':
      return `masquerade${statement.ports === undefined ? '' : ` to :${writePorts(statement.ports)}`}`;
    case 'snat': {
      const { family, low, high, ports } = statement;
      const addresses = low === high ? writeAddress(family, low, ports) : writeRange(family, low, high, ports);
      return `snat ${family} to ${addresses}${ports === undefined ? '' : `:${writePorts(ports)}`}`;
    }
    case 'dnat': {
      const { family, address, ports } = statement;
      return `dnat ${family} to ${writeAddress(family, address, ports)}${ports === undefined ? '' : `:${writePorts(ports)}`}`;
    }
  }
}

type Ports = Extract<Statement, { readonly do: 'masquerade' }>['ports'];

/** An IPv6 address wants brackets where a port follows it. */
function writeAddress(family: 'ip' | 'ip6', address: string, ports: Ports): string {
  return family === 'ip6' && ports !== undefined ? `[${address}]` : address;
}

function writeRange(family: 'ip' | 'ip6', low: string, high: string, ports: Ports): string {
  return `${writeAddress(family, low, ports)}-${writeAddress(family, high, ports)}`;
}

function writePorts({ low, high }: NonNullable<Ports>): string {
  return low === high ? `${low}` : `${low}-${high}`;
}

/**
 * Of a flood some packets are enough to know it by, and the counters have all of them. Headers are enough of a packet: longer ones than 160 bytes come
 * with options that nobody filters by. Without a threshold the kernel keeps a packet for a second.
 */
function writeLog(name: string): string {
  const logs = dropLogGroups.map((group) => `log prefix "${name}" group ${group} snaplen 160 queue-threshold 1`);
  return `limit rate 10/second burst 20 packets ${logs.join(' ')}`;
}

/** A rule as one line of nft text, without its place. */
export function writeRule(rule: Rule): string {
  const parts = [
    ...rule.matches.map(writeMatch),
    rule.counter || rule.statement.do === 'count' ? 'counter' : '',
    rule.statement.do === 'log' ? writeLog(rule.comment ?? 'unnamed') : writeStatement(rule.statement),
    rule.comment === undefined ? '' : `comment "${rule.comment}"`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}
