import type { Field } from './fields.ts';
import { ownMark, ownMarkMask, ownName, sameBytesSet } from './own-names.ts';
import type { Match } from './ruleset.ts';
import { writeField, writeFieldValue, writeLookup } from './write-field.ts';

/** One match as nft text (man nft, EXPRESSIONS); the check of the plan has seen to it that every leaf is what its field takes. */
export function writeMatch(match: Match): string {
  switch (match.match) {
    case 'compare': {
      if (match.operator === '!=' && match.mask === undefined) return writeUnequal(match.field, match.value);
      const masked = match.mask === undefined ? '' : ` & ${match.mask}`;
      return `${writeField(match.field)}${masked} ${match.operator} ${writeFieldValue(match.field, match.value)}`;
    }
    case 'range': {
      const operator = match.operator === '!=' ? '!= ' : '';
      const [low, high] = [match.low, match.high].map((value) => writeFieldValue(match.field, value));
      return `${writeField(match.field)} ${operator}${low}-${high}`;
    }
    case 'lookup': {
      const key = writeLookup(match.key, match.fields);
      return `${key} ${match.negated ? '!= ' : ''}@${ownName(match.set)}`;
    }
    case 'same-byte':
      return `${writeField(match.left)} . ${writeField(match.right)} ${match.negated ? '!= ' : ''}@${sameBytesSet}`;
    case 'ct-state':
      // With commas nft tests bits, where with braces it would look the state up in a set.
      return `ct state ${match.states.join(',')}`;
    case 'ct-direction':
      return `ct direction ${match.direction}`;
    case 'tcp-flags':
      return `tcp flags & ${hex(match.mask)} ${match.operator} ${hex(match.flags)}`;
    case 'tcp-option':
      return `tcp option ${match.number} ${match.present ? 'exists' : 'missing'}`;
    case 'interface':
      return `${match.key} ${match.operator} "${match.device}"`;
    case 'address-type':
      return `fib ${match.side} type ${match.operator} ${match.type}`;
    case 'ct-status':
      return `ct status ${match.status}`;
    case 'before':
      return `meta time < ${match.time}`;
    case 'own-mark':
      return `meta mark & ${hex(ownMarkMask)} == ${hex(ownMark)}`;
    case 'connections': {
      const key = writeLookup(match.key, match.fields);
      // Without "over" the limit holds while at most so many connections are open (net/netfilter/nft_connlimit.c).
      return `add @${ownName(match.set)} { ${key} ct count ${match.negated ? '' : 'over '}${match.above} }`;
    }
  }
}

/**
 * As a range of one: nft 1.0.6 makes one comparison of neighbouring fields that stand in one rule, also of unequal ones, and would read "neither
 * this port nor that" as "not this pair of ports". Ranges it leaves alone.
 */
function writeUnequal(field: Field, value: string): string {
  const text = writeFieldValue(field, value);
  return `${writeField(field)} != ${text}-${text}`;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
