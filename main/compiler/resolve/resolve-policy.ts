import type { Checked, Diagnostic } from '../../../shared/diagnostic.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import type { FilterDocument, Parameters } from '../../../shared/nwfilter/filter-document.ts';
import { type FrameProtocol, frameProtocols, type ProtocolName } from '../../../shared/nwfilter/protocols.ts';
import { type Direction, directions, type Policy, type PolicyRule } from '../policy/policy.ts';
import { bindVariables } from './bind-variables.ts';
import type { BoundRule } from './bound-rule.ts';
import { type FilterLookup, flattenReferences } from './flatten-references.ts';
import { frameTests } from './frame-tests.ts';
import { orderChains, type PlacedRule } from './order-chains.ts';
import { type PacketInstance, packetInstances } from './packet-instances.ts';
import { nicScope } from './variable-scope.ts';

/** A NIC and what it is to be filtered by. */
export interface NicBinding {
  readonly device: string;
  /** 48 bit; undefined where it is not known. */
  readonly mac: bigint | undefined;
  readonly parameters: Parameters;
}

const isFrameProtocol = (protocol: ProtocolName): protocol is FrameProtocol =>
  frameProtocols.some((known) => known === protocol);

/** The rules on frames that a filter's rule becomes in a direction; without a protocol it is for every frame. */
function frameRule(bound: BoundRule, direction: Direction): PolicyRule {
  const { rule } = bound.scoped;
  const reversed = rule.direction === 'inout' && direction === 'out';
  const tests =
    rule.protocol !== undefined && isFrameProtocol(rule.protocol) ? frameTests(bound, rule.protocol, reversed) : [];
  return { action: rule.action, origin: bound.origin, tests, groups: bound.groups };
}

/** Turns a filter, with those it refers to and the NIC's own values, into the ordered rules for that NIC. All errors come at once. */
export function resolvePolicy(filter: FilterDocument, nic: NicBinding, lookup: FilterLookup): Checked<Policy> {
  const scope = nicScope(nic.mac === undefined ? undefined : formatMac(nic.mac), nic.parameters);
  const flattened = flattenReferences(filter, scope, lookup);
  const diagnostics: Diagnostic[] = [...flattened.diagnostics];
  const placed: Record<Direction, PlacedRule[]> = { out: [], in: [] };
  const instances: (PacketInstance & { readonly priority: number })[] = [];

  for (const scoped of flattened.rules) {
    const binding = bindVariables(scoped);
    if (!binding.ok) {
      diagnostics.push(...binding.diagnostics);
      continue;
    }
    const { rule, filter: owner } = scoped;
    if (rule.protocol !== undefined && !isFrameProtocol(rule.protocol)) {
      const { priority } = rule;
      instances.push(...packetInstances(binding.rule, rule.protocol).map((instance) => ({ ...instance, priority })));
      continue;
    }
    for (const direction of directions) {
      if (rule.direction !== 'inout' && rule.direction !== direction) continue;
      placed[direction].push({
        chain: owner.chain,
        chainPriority: owner.priority,
        priority: rule.priority,
        rule: frameRule(binding.rule, direction),
      });
    }
  }
  if (diagnostics.length > 0) return { ok: false, diagnostics };

  // Packets know no chains: the rules of all filters stand in one list.
  const sorted = instances.toSorted((a, b) => a.priority - b.priority);
  const packets = (direction: Direction): Policy['packets'][Direction] => ({
    ipv4: sorted.filter((i) => i.direction === direction && i.family === 'ipv4').map(({ rule }) => rule),
    ipv6: sorted.filter((i) => i.direction === direction && i.family === 'ipv6').map(({ rule }) => rule),
  });
  return {
    ok: true,
    warnings: [],
    value: {
      device: nic.device,
      filter: filter.name,
      frames: { out: orderChains(placed.out), in: orderChains(placed.in) },
      packets: { out: packets('out'), in: packets('in') },
    },
  };
}
