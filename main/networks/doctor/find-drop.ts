import { isOfFamily } from '../../../shared/plan/host-firewall/accept-matches.ts';
import type { HostChain, HostMatch, HostRule, HostTable } from '../../../shared/plan/host-firewall/host-rules.ts';
import type { Accept } from '../../../shared/plan/network-setup.ts';
import { type Hold, hold } from './hold.ts';

/** The rule that a promise's packets end at, or the chain whose policy drops them. */
export interface Drop {
  readonly table: HostTable;
  /** Where the rule stands. */
  readonly chain: HostChain;
  /** The chain of the hook, from which it was come to. */
  readonly base: HostChain;
  /** Absent: it is the policy. */
  readonly rule?: HostRule;
  /** Whether all that no rule names ends there. */
  readonly isDefault: boolean;
  /** Whether only some of the packets are dropped, or it cannot be told. */
  readonly partly: boolean;
  /** Drops what goes to somewhere, or to some service, whoever sends it: an administrator's will that is not about this network. */
  readonly byDestination: boolean;
}

/** A chain entered deeper than the kernel lets chains go (net/netfilter/nf_tables_api.c, NFT_JUMP_STACK_SIZE) is a loop. */
const maxDepth = 16;
/** Rules that are looked at for one promise and chain; jumps can lead through a chain many times. */
const maxSteps = 200_000;

/** What a table drops of a promise, by each chain of the promise's hook. `subnets`: the network's own, which a rule can mean by an address. */
export function findDrops(table: HostTable, promise: Accept, subnets: readonly string[]): readonly Drop[] {
  if (!isOfFamily(promise, table.family)) return [];
  return [...table.chains.values()]
    .filter(({ hook }) => hook === promise.hook)
    .flatMap((base) => new Walk(table, base, promise, subnets).run());
}

/** all-end: no packet comes back from the chain. */
type Course = 'goes-on' | 'all-end' | 'found';

class Walk {
  readonly #table: HostTable;
  readonly #base: HostChain;
  readonly #promise: Accept;
  readonly #subnets: readonly string[];
  #steps = 0;
  readonly #found: Drop[] = [];

  constructor(table: HostTable, base: HostChain, promise: Accept, subnets: readonly string[]) {
    this.#subnets = subnets;
    this.#table = table;
    this.#base = base;
    this.#promise = promise;
  }

  run(): readonly Drop[] {
    const course = this.#enter(this.#base, { partly: false, bound: false, named: false, vague: false }, 0);
    if (course === 'goes-on' && this.#base.policy === 'drop') {
      this.#found.push({
        table: this.#table,
        chain: this.#base,
        base: this.#base,
        isDefault: true,
        partly: false,
        byDestination: false,
      });
    }
    return this.#found;
  }

  /** `partly`: only some of the promise's packets come here. `bound`: a rule on the way spoke of this network's packets. `named`: of any. */
  #enter(chain: HostChain, way: Way, depth: number): Course {
    let here = way;
    for (const rule of chain.rules) {
      this.#steps += 1;
      if (this.#steps > maxSteps) return 'all-end';
      const holds = holdAll(rule.matches, this.#promise);
      if (holds === 'none') continue;
      const inside: Way = {
        partly: here.partly || holds === 'some',
        bound: here.bound || rule.matches.some((match) => isBound(match, this.#promise, this.#subnets)),
        named: here.named || rule.matches.length > 0,
        vague: here.vague || rule.matches.some((match) => isVague(match, this.#promise)),
      };
      const { verdict } = rule;
      switch (verdict.kind) {
        case 'accept':
          if (holds === 'all') return 'all-end';
          break;
        case 'drop':
        case 'reject':
          if (this.#note(chain, rule, inside)) return 'found';
          if (holds === 'all') return 'all-end';
          break;
        case 'return':
          if (holds === 'all') return 'goes-on';
          here = { ...here, partly: true, vague: true };
          break;
        case 'jump':
        case 'goto': {
          const target = this.#table.chains.get(verdict.chain);
          if (target === undefined || depth >= maxDepth) break;
          const course = this.#enter(target, inside, depth + 1);
          if (course === 'found') return course;
          if (holds === 'all' && (course === 'all-end' || verdict.kind === 'goto')) return course;
          break;
        }
        default:
          break;
      }
    }
    return 'goes-on';
  }

  /** Whether the search is over: something that drops only a part is remembered, and all the same looked past. */
  #note(chain: HostChain, rule: HostRule, way: Way): boolean {
    const byDestination = way.partly && !way.bound;
    if (byDestination && (way.vague || !goesOut(this.#promise))) return false;
    const { partly, named } = way;
    this.#found.push({ table: this.#table, chain, base: this.#base, rule, isDefault: !named, partly, byDestination });
    return !way.partly;
  }
}

interface Way {
  readonly partly: boolean;
  readonly bound: boolean;
  readonly named: boolean;
  /** What narrows the packets down is not where they go: it cannot be told whether any of this network's are among them. */
  readonly vague: boolean;
}

const destinations: readonly HostMatch['key'][] = ['daddr', 'protocol', 'dport', 'family'];

function isVague(match: HostMatch, promise: Accept): boolean {
  return hold(match, promise) === 'some' && !destinations.includes(match.key);
}

/** What guests send out by themselves, to wherever they like. */
const goesOut = ({ hook, iif, oif, connection }: Accept): boolean =>
  hook === 'forward' && iif !== undefined && iif !== oif && connection === undefined;

function holdAll(matches: readonly HostMatch[], promise: Accept): Hold {
  const holds = matches.map((match) => hold(match, promise));
  if (holds.includes('none')) return 'none';
  return holds.includes('some') ? 'some' : 'all';
}

/** Whether a match speaks of this network's devices or addresses rather than of packets in general. */
function isBound(match: HostMatch, promise: Accept, subnets: readonly string[]): boolean {
  const { key, negated } = match;
  if (negated) return false;
  if (key === 'iif' || key === 'oif') return promise[key] !== undefined && hold(match, promise) !== 'none';
  if (key !== 'saddr' && key !== 'daddr') return false;
  const told = promise[key];
  return (told === undefined ? subnets : [told]).some((own) => hold(match, { ...promise, [key]: own }) !== 'none');
}
