import type { HostChain, HostRule, HostTable } from '../../../shared/plan/host-firewall/host-rules.ts';
import { matchWords } from '../../../shared/plan/host-firewall/normal-match.ts';
import { isOwnComment } from '../../../shared/plan/host-firewall/own-mark.ts';
import { writeIptablesAccept, writeNftAccept } from '../../../shared/plan/host-firewall/write-accept.ts';
import { type ChainWish, ruleWords } from './wanted-rules.ts';

/** The table as its keeper knows it. */
export function withoutOwn(table: HostTable): HostTable {
  const chains = [...table.chains.values()].map((chain) => ({ ...chain, rules: chain.rules.filter(isForeign) }));
  return { ...table, chains: new Map(chains.map((chain) => [chain.name, chain])) };
}

/** The lines, for nft or for iptables-restore, that bring our rules in a table to what is wanted; none where they stand. */
export function editTable(table: HostTable, wishes: ReadonlyMap<string, ChainWish>): readonly string[] {
  const nothing: ChainWish = { head: [], tail: [], at: 0 };
  return [...table.chains.values()].flatMap((chain) => {
    const wish = wishes.get(chain.name) ?? nothing;
    if (!safeChain.test(chain.name) || stands(table, chain, wish)) return [];
    return table.tool === 'nft' ? editByNft(table, chain, wish) : editByIptables(chain, wish);
  });
}

/** A chain's name that cannot be taken for anything else in a line. */
const safeChain = /^[A-Za-z_][A-Za-z0-9_.:+@-]{0,127}$/;

function isForeign({ comment, verdict }: HostRule): boolean {
  return !isOwnComment(comment) || verdict.kind !== 'accept';
}

function stands(table: HostTable, { rules }: HostChain, { head, tail, at }: ChainWish): boolean {
  const foreign = rules.filter(isForeign);
  const words = (own: ChainWish['head']) => own.map((rule) => ruleWords(rule, table));
  const there = rules.map((rule) => (isForeign(rule) ? '' : `${matchWords(rule.matches)} ${rule.comment}`));
  const wanted = [
    ...words(head),
    ...foreign.slice(0, at).map(() => ''),
    ...words(tail),
    ...foreign.slice(at).map(() => ''),
  ];
  return there.length === wanted.length && there.every((rule, place) => rule === wanted[place]);
}

function editByNft({ family, name }: HostTable, chain: HostChain, { head, tail, at }: ChainWish): readonly string[] {
  const place = `${family} ${name} ${chain.name}`;
  const write = ({ accept, comment }: ChainWish['head'][number]) => writeNftAccept(accept, family, comment);
  const before = chain.rules.filter(isForeign)[at]?.handle;
  const put = before === undefined ? `add rule ${place}` : `insert rule ${place} handle ${before}`;
  return [
    ...chain.rules.filter((rule) => !isForeign(rule)).map(({ handle }) => `delete rule ${place} handle ${handle}`),
    ...head.toReversed().map((rule) => `insert rule ${place} ${write(rule)}`),
    ...tail.map((rule) => `${put} ${write(rule)}`),
  ];
}

function editByIptables(chain: HostChain, { head, tail, at }: ChainWish): readonly string[] {
  const { name, rules } = chain;
  const write = ({ accept, comment }: ChainWish['head'][number]) => writeIptablesAccept(accept, comment);
  const isLast = at === rules.filter(isForeign).length;
  return [
    ...rules.filter((rule) => !isForeign(rule)).map(({ text }) => text.replace(/^-A/, '-D')),
    ...head.map((rule, number) => `-I ${name} ${number + 1} ${write(rule)}`),
    ...tail.map((rule, number) =>
      isLast ? `-A ${name} ${write(rule)}` : `-I ${name} ${head.length + at + number + 1} ${write(rule)}`,
    ),
  ];
}
