import { describe, expect, it } from 'vitest';
import { diffRulesets } from '../../../../main/compiler/backends/nftables/diff-rulesets.ts';
import type { ResolvedNetwork } from '../../../../main/networks/resolved-network.ts';
import { compileNetworks } from '../../../../main/networks/rules/compile-networks.ts';
import type { ForwardMode } from '../../../../shared/network/network-document.ts';
import { checkPlan } from '../../../../shared/plan/check-plan.ts';
import { foldPlan } from '../../../../shared/plan/fold-plan.ts';
import { planSchema } from '../../../../shared/plan/plan.ts';
import { emptyRuleset, type Ruleset, type Statement } from '../../../../shared/plan/ruleset.ts';
import { shapeOf } from '../../../../shared/plan/shape.ts';
import { sampleForward, sampleIp, sampleNetwork, sampleSettings, sampleSpan } from './sample-network.ts';

const rulesetOf = (...networks: readonly ResolvedNetwork[]): Ruleset => ({
  ...emptyRuleset,
  inet: compileNetworks(networks),
});
const statementsOf = (...networks: readonly ResolvedNetwork[]): readonly Statement[] =>
  Object.values(compileNetworks(networks).chains).flatMap(({ rules }) => rules.map(({ statement }) => statement));
const kind = (mode: ForwardMode) => sampleNetwork({ forward: sampleForward({ mode }) });
const other = sampleNetwork({
  name: 'b',
  bridge: { ...sampleNetwork().bridge, name: 'gwb' },
  ips: [sampleIp('10.90.2.1', 24)],
});
const forward = {
  protocol: 'tcp',
  hostPorts: { low: 8080, high: 8080 },
  guestPorts: { low: 80, high: 80 },
  guest: { mac: 0x525400000009n },
  expires: undefined,
  span: sampleSpan,
} as const;
const forwarding = (guestAddresses: ResolvedNetwork['guestAddresses'], more: Partial<typeof forward> = {}) =>
  sampleNetwork({ guestAddresses, settings: sampleSettings({ forwards: [{ ...forward, ...more }] }) });
const lease = (address: string) => ({ name: 'web', mac: 0x525400000009n, address });

describe('the rules of networks', () => {
  it('are none where there is no network', () => {
    expect(compileNetworks([])).toEqual({ chains: {}, sets: {} });
  });

  it('of nat translate sources, of the other kinds do not', () => {
    const kinds = (['isolated', 'nat', 'route', 'open', 'bridge', 'lan'] as const).filter((mode) =>
      statementsOf(kind(mode)).some((statement) => statement.do === 'masquerade'),
    );
    expect(kinds).toEqual(['nat']);
  });

  it('of an open network and of a host’s bridge judge nothing of theirs', () => {
    for (const mode of ['open', 'bridge'] as const) {
      const { sets } = compileNetworks([kind(mode)]);
      expect([mode, sets['net_from']?.elements, sets['net_to']?.elements, sets['net_input']?.elements]).toEqual([
        mode,
        [],
        [],
        [],
      ]);
    }
  });

  it('never refuse the way out by a bridge of the host’s own', () => {
    const refused = (mode: ForwardMode) =>
      compileNetworks([kind(mode), other]).sets['net_refused']?.elements.map(({ port }) => port);
    expect(refused('bridge')).toEqual(['gwb']);
    expect(refused('open')).toEqual(['gwa', 'gwb']);
  });

  it('carry the network’s name in characters that every tool takes', () => {
    const name = 'lab "x"; flush ruleset\n\u{1f525}'.padEnd(128, 'y');
    const { chains } = compileNetworks([sampleNetwork({ name })]);
    const comments = Object.values(chains).flatMap(({ rules }) => rules.map(({ comment }) => comment));
    expect(comments.every((comment) => /^net:[A-Za-z0-9 _./:+-]{1,92}$/.test(comment ?? ''))).toBe(true);
    expect(comments).toContainEqual(expect.stringContaining('net:lab _x__ flush ruleset___'));
  });

  const states: readonly (readonly [string, Ruleset])[] = [
    ['nothing', emptyRuleset],
    ...(['isolated', 'nat', 'route', 'open', 'bridge', 'lan'] as const).map(
      (mode) => [mode, rulesetOf(kind(mode))] as const,
    ),
    ['two networks', rulesetOf(kind('nat'), other)],
    ['other subnets', rulesetOf(sampleNetwork({ ips: [sampleIp('10.91.1.1', 24)] }))],
    ['a forward', rulesetOf(forwarding([lease('10.90.1.20')]))],
    ['a forward elsewhere', rulesetOf(forwarding([lease('10.90.1.21')]))],
    ['an openings list', rulesetOf(sampleNetwork({ settings: sampleSettings({ openings: [] }) }))],
  ];

  it.each(states)('lead from %s to any other, by a plan that holds', (_, from) => {
    for (const [name, to] of states) {
      const operations = [...diffRulesets(from, to)];
      const plan = { version: 1, base: 0, bridgeNetfilter: false, operations, definitions: [] } as const;
      expect([name, checkPlan(planSchema.parse(plan), shapeOf(from))]).toMatchObject([name, { ok: true }]);
      expect([name, sorted(foldPlan(from, operations))]).toEqual([name, sorted(to)]);
    }
  });
});

/** Elements in one order, whatever order they came in. */
function sorted({ bridge, inet }: Ruleset): unknown {
  const sets = Object.entries(inet.sets).map(([name, { definition, elements }]) => [
    name,
    definition,
    elements.map((element) => JSON.stringify(element)).toSorted(),
  ]);
  return { bridge, chains: inet.chains, sets: Object.fromEntries(sets.map(([name, ...rest]) => [name, rest])) };
}

describe('a port forward', () => {
  const led = (network: ResolvedNetwork) => statementsOf(network).filter((statement) => statement.do === 'dnat');

  it('leads to the lease of its guest, in each family', () => {
    const network = forwarding([lease('10.90.1.20'), lease('fd00:90:1::20'), lease('10.90.1.30')]);
    expect(led(network)).toEqual([
      { do: 'dnat', family: 'ip', address: '10.90.1.20', ports: { low: 80, high: 80 } },
      { do: 'dnat', family: 'ip6', address: 'fd00:90:1::20', ports: { low: 80, high: 80 } },
    ]);
  });

  it('leads nowhere while its guest has no address, or one of another network', () => {
    expect(led(forwarding([]))).toEqual([]);
    expect(led(forwarding([lease('192.0.2.7')]))).toEqual([]);
    expect(led(forwarding([{ name: 'web', mac: 1n, address: '10.90.1.20' }]))).toEqual([]);
  });

  it('goes to a static host before a lease', () => {
    const host = { mac: 0x525400000009n, id: undefined, name: 'web', address: '10.90.1.40', lease: undefined };
    const dhcp = { ranges: [], hosts: [{ ...host, span: sampleSpan }], bootp: undefined };
    const network = forwarding([lease('10.90.1.20')]);
    expect(led({ ...network, ips: [sampleIp('10.90.1.1', 24, { dhcp })] })).toMatchObject([{ address: '10.90.1.40' }]);
  });

  it('keeps the ports of a range that is the same on both sides', () => {
    const range = { low: 8000, high: 8999 };
    expect(led(forwarding([lease('10.90.1.20')], { hostPorts: range, guestPorts: range } as never))).toEqual([
      { do: 'dnat', family: 'ip', address: '10.90.1.20' },
    ]);
  });

  it('has room for a range as wide as there are ports', () => {
    const ports = { hostPorts: { low: 1, high: 60_000 }, guestPorts: { low: 2, high: 60_001 } };
    const network = forwarding([lease('10.90.1.20')], ports as never);
    expect(led(network)).toHaveLength(60_000);
    const plan = { version: 1, base: 0, bridgeNetfilter: false, definitions: [] } as const;
    const operations = [...diffRulesets(emptyRuleset, rulesetOf(network))];
    expect(checkPlan(planSchema.parse({ ...plan, operations }), shapeOf(emptyRuleset)).ok).toBe(true);
  });
});
