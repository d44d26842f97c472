import type { Match, Rule, Statement } from '../../../shared/plan/ruleset.ts';

const maxComment = 96;

/** What a network's rule is called in the kernel: `net:default:source`. Two networks can come to the same. */
export function networkComment(network: string, what: string): string {
  const name = network.replaceAll(/[^A-Za-z0-9 _./+-]/g, '_');
  return `net:${name.slice(0, maxComment - 'net::'.length - what.length)}:${what}`;
}

/** Writes rules whose comment leads a drop or a counter back to the network. */
export function ruleWriter(network: string): (what: string, matches: readonly Match[], statement: Statement) => Rule {
  return (what, matches, statement) => ({
    comment: networkComment(network, what),
    matches: [...matches],
    counter: true,
    statement,
  });
}

export const accept: Statement = { do: 'accept' };
export const drop: Statement = { do: 'drop' };
export const back: Statement = { do: 'return' };
/** As libvirt's REJECT does, for TCP too. */
export const reject: Statement = { do: 'reject', with: 'port-unreachable' };
