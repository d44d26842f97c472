import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../shared/net/ipv6.ts';
import type { PacketEnds } from '../../engine/trace.ts';
import { type Result, usage } from '../cli-failure.ts';

export interface End {
  readonly family: PacketEnds['family'];
  readonly address: bigint;
  /** What stands behind the address and a colon; undefined where there is none. */
  readonly detail: string | undefined;
}

/** An address alone, `10.0.0.2:80` or `[fd00::2]:80`. */
function parseEnd(text: string): End | undefined {
  const ipv6Alone = parseIpv6(text);
  if (ipv6Alone !== undefined) return { family: 'ipv6', address: ipv6Alone, detail: undefined };
  const [, bracketed, bare = '', detail] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(text) ?? [];
  const address = bracketed === undefined ? parseIpv4(bare) : parseIpv6(bracketed);
  if (address === undefined) return undefined;
  return { family: bracketed === undefined ? 'ipv4' : 'ipv6', address, detail };
}

/** Reads `A>B`; `A-B` needs no quotes in a shell. Both ends are of one family. */
export function parseEnds(text: string, example: string): Result<readonly [End, End]> {
  const [, left, right] = /^([^->]+)(?:->|>|-)([^->]+)$/.exec(text) ?? [];
  // Without quotes the shell has taken what follows the sign for the name of a file.
  if (left === undefined || right === undefined)
    return usage(`'${text}' has no two ends`, `write it as '${example}', in quotes`);
  const [source, destination] = [parseEnd(left), parseEnd(right)];
  for (const [end, written] of [
    [source, left],
    [destination, right],
  ] as const) {
    if (end === undefined) return usage(`'${written}' is not an address`, `write it as '${example}'`);
  }
  if (source === undefined || destination === undefined || source.family !== destination.family) {
    return usage(`'${text}' goes from one IP version to the other`, `write it as '${example}'`);
  }
  return { ok: true, value: [source, destination] };
}

/** Reads a decimal number up to `most`; undefined for anything else. */
export function parseNumber(text: string | undefined, most: number): number | undefined {
  return text !== undefined && /^[0-9]{1,5}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}
