import type { HostMatch, HostMatchKey, HostRule, HostVerdict } from './host-rules.ts';
import { iptablesWords } from './iptables-words.ts';
import { normalMatch } from './normal-match.ts';

/** Options of matches that are understood, with what they look at; a comma parts alternatives where `list` says so. */
const understood: Readonly<Record<string, { readonly key: HostMatchKey; readonly list?: boolean }>> = {
  '-i': { key: 'iif' },
  '-o': { key: 'oif' },
  '-s': { key: 'saddr' },
  '-d': { key: 'daddr' },
  '-p': { key: 'protocol' },
  '--src-range': { key: 'saddr' },
  '--dst-range': { key: 'daddr' },
  '--sport': { key: 'sport' },
  '--dport': { key: 'dport' },
  '--sports': { key: 'sport', list: true },
  '--dports': { key: 'dport', list: true },
  '--ctstate': { key: 'ct-state', list: true },
  '--state': { key: 'ct-state', list: true },
};

/** Targets after which the next rule is looked at. */
const passing = new Set(
  'LOG NFLOG ULOG MARK CONNMARK CONNSECMARK SECMARK SET TRACE AUDIT ACCT CHECKSUM CLASSIFY DSCP ECN HL TCPMSS TCPOPTSTRIP TEE TOS TTL RATEEST IDLETIMER LED CT NOTRACK'.split(
    ' ',
  ),
);
const verdicts: Readonly<Record<string, HostVerdict['kind'] & ('accept' | 'drop' | 'reject' | 'return')>> = {
  ACCEPT: 'accept',
  DROP: 'drop',
  REJECT: 'reject',
  RETURN: 'return',
};

/** A line `-A CHAIN ...` of iptables-save; undefined for any other line. Whatever is not known becomes an unknown match. */
export function parseIptablesRule(
  line: string,
  isChain: (name: string) => boolean,
): { readonly chain: string; readonly rule: HostRule } | undefined {
  const [append, chain, ...words] = iptablesWords(line);
  if (append !== '-A' || chain === undefined) return undefined;
  const matches: HostMatch[] = [];
  let verdict: HostVerdict = { kind: 'none' };
  let comment: string | undefined;
  for (let at = 0; at < words.length; ) {
    const negated = words[at] === '!';
    if (negated) at += 1;
    const option = words[at] ?? '';
    const value = words[at + 1] ?? '';
    if (option === '-j' || option === '-g') {
      // All further words are options of the target.
      verdict = verdictOf(value, option === '-g', isChain);
      break;
    }
    const known = understood[option];
    if (known !== undefined) {
      matches.push(normalMatch(known.key, known.list === true ? value.split(',') : [value], negated));
      at += 2;
    } else if (option === '-m') {
      at += 2;
    } else if (option === '--comment') {
      comment = value;
      at += 2;
    } else {
      const end = nextOption(words, at + 1);
      matches.push({ key: 'unknown', negated, values: [words.slice(at, end).join(' ')] });
      at = end;
    }
  }
  return { chain, rule: { text: line, ...(comment === undefined ? {} : { comment }), matches, verdict } };
}

function verdictOf(target: string, isGoto: boolean, isChain: (name: string) => boolean): HostVerdict {
  const kind = verdicts[target];
  if (kind !== undefined) return { kind };
  if (isChain(target)) return { kind: isGoto ? 'goto' : 'jump', chain: target };
  return { kind: passing.has(target) ? 'none' : 'unknown' };
}

function nextOption(words: readonly string[], from: number): number {
  let at = from;
  while (at < words.length && words[at] !== '!' && !/^--?[A-Za-z]/.test(words[at] ?? '')) at += 1;
  return at;
}
