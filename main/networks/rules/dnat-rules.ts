import type { PortForward } from '../../../shared/network/network-document.ts';
import type { Match, Rule } from '../../../shared/plan/ruleset.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';
import { findGuest } from './find-guest.ts';
import { familyIs, portsAre } from './matches.ts';
import { ruleWriter } from './network-rule.ts';
import { familyOf } from './own-subnet.ts';

function turnTo(network: ResolvedNetwork, forward: PortForward, address: string): readonly Rule[] {
  const write = ruleWriter(network.name);
  const { protocol, hostPorts, guestPorts, expires } = forward;
  const family = familyOf(address);
  const until: readonly Match[] = expires === undefined ? [] : [{ match: 'before', time: expires }];
  const turn = (asked: { low: number; high: number }, ports?: { low: number; high: number }): Rule =>
    write('forward', [familyIs(family), ...portsAre(protocol, asked), ...until], {
      do: 'dnat',
      family: family === 'ipv4' ? 'ip' : 'ip6',
      address,
      ...(ports === undefined ? {} : { ports }),
    });
  const { low, high } = hostPorts;
  if (low === guestPorts.low) return [turn({ low, high })];
  // To a range the kernel chooses any port of it (nf_nat_core.c): each of them is led on its own.
  return Array.from({ length: high - low + 1 }, (_, at) => {
    const [asked, led] = [low + at, guestPorts.low + at];
    return turn({ low: asked, high: asked }, { low: led, high: led });
  });
}

/** Port forwards, as far as their guests have addresses. */
export function dnatRules(network: ResolvedNetwork): readonly Rule[] {
  if (network.forward.mode === 'bridge') return [];
  return network.settings.forwards.flatMap((forward) =>
    findGuest(network, forward).flatMap((address) => turnTo(network, forward, address)),
  );
}
