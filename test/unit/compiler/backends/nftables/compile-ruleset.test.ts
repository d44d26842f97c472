import { describe, expect, test } from 'vitest';
import type { KernelAbilities } from '../../../../../main/compiler/backends/backend.ts';
import {
  compileRuleset,
  needsBridgeNetfilter,
  packetPlace,
} from '../../../../../main/compiler/backends/nftables/compile-ruleset.ts';
import { nftablesBackend } from '../../../../../main/compiler/backends/nftables/nftables-backend.ts';
import type { Policy } from '../../../../../main/compiler/policy/policy.ts';
import { resolvePolicy } from '../../../../../main/compiler/resolve/resolve-policy.ts';
import { loadStockFilters } from '../../../../../main/engine/stock-filters.ts';
import type { FilterDocument } from '../../../../../shared/nwfilter/filter-document.ts';
import { emptyRuleset, type Ruleset } from '../../../../../shared/plan/ruleset.ts';
import { tableFamilies } from '../../../../../shared/plan/table-families.ts';
import { expectPolicy } from '../../resolve/resolve.ts';

const stock = loadStockFilters();
const byMark: KernelAbilities = { bridgeConntrack: false, bridgeNetfilter: true, bridgeReject: false };
const inBridge: KernelAbilities = { bridgeConntrack: true, bridgeNetfilter: true, bridgeReject: true };

/** The NIC number `at` on clean-traffic. */
function cleanTraffic(at: number): Policy {
  const resolved = resolvePolicy(
    stock.get('clean-traffic')?.document as FilterDocument,
    { device: `vnet${at}`, mac: 0x525400000000n + BigInt(at), parameters: { IP: [`10.0.0.${at}`] } },
    (name) => stock.get(name)?.document,
  );
  if (!resolved.ok) throw new Error('clean-traffic does not resolve.');
  return resolved.value;
}

const compile = (policies: readonly Policy[], abilities = byMark, inForce = emptyRuleset): Ruleset =>
  compileRuleset(policies, abilities, inForce);

const chainsOf = (ruleset: Ruleset) => tableFamilies.flatMap((family) => Object.values(ruleset[family].chains));
const countRules = (ruleset: Ruleset): number => chainsOf(ruleset).reduce((sum, { rules }) => sum + rules.length, 0);
const elementsOf = (ruleset: Ruleset) =>
  tableFamilies.flatMap((family) => Object.values(ruleset[family].sets).flatMap(({ elements }) => elements));

/** A NIC whose one rule is about packets. */
const webServer = (device: string): Policy => ({
  ...expectPolicy({ top: "<rule action='drop' direction='in'><tcp dstportstart='22'/></rule>" }),
  device,
});

describe('NICs on one filter share its rules', () => {
  const single = compile([cleanTraffic(1)]);
  const three = compile([1, 2, 3].map(cleanTraffic));

  test('as many rules for three as for one', () => {
    expect(countRules(three)).toBe(countRules(single));
    expect(tableFamilies.map((family) => three[family].chains)).toEqual(
      tableFamilies.map((family) => single[family].chains),
    );
  });

  test('five elements a NIC: two ways in, MAC, IP and the one broadcast', () => {
    expect(elementsOf(single)).toHaveLength(5);
    expect(elementsOf(three)).toHaveLength(15);
    for (const device of ['vnet1', 'vnet2', 'vnet3']) {
      expect(elementsOf(three).filter(({ port }) => port === device)).toHaveLength(5);
    }
  });

  test('the order of the NICs changes nothing but the order of elements', () => {
    const sorted = (ruleset: Ruleset) =>
      elementsOf(ruleset)
        .map((element) => JSON.stringify(element))
        .toSorted();
    expect(sorted(compile([3, 1, 2].map(cleanTraffic)))).toEqual(sorted(three));
  });

  test('without NICs there is nothing', () => {
    expect(compile([])).toEqual(emptyRuleset);
    expect(compile([], byMark, three)).toEqual(emptyRuleset);
  });

  test('a filter without rules is nothing', () => {
    expect(compile([expectPolicy({ top: '' })])).toEqual(emptyRuleset);
  });
});

describe('where packets are judged', () => {
  test.each([
    ['out', byMark, { table: 'inet', key: 'mark', answersRejects: true }],
    ['in', byMark, { table: 'inet', key: 'mark', answersRejects: true }],
    ['out', inBridge, { table: 'bridge', key: 'iifname', answersRejects: true }],
    ['in', inBridge, { table: 'bridge', key: 'oifname', answersRejects: false }],
    ['out', { ...inBridge, bridgeReject: false }, { table: 'bridge', key: 'iifname', answersRejects: false }],
  ] as const)('%s with %o', (direction, abilities, expected) => {
    expect(packetPlace(direction, abilities)).toEqual(expected);
  });

  test('by mark: a number is given, looked up, taken away, and watched over', () => {
    const ruleset = compile([webServer('vnet0')]);
    expect(
      Object.values(ruleset.bridge.chains)
        .map(({ base }) => base)
        .toSorted(),
    ).toEqual(['guard-in', 'guard-out', 'mark-in', 'mark-out']);
    expect(
      Object.values(ruleset.inet.chains)
        .flatMap(({ base }) => base ?? [])
        .toSorted(),
    ).toEqual(['clear-in', 'clear-out', 'packets-in', 'packets-out']);
    expect(needsBridgeNetfilter(ruleset)).toBe(true);
  });

  test('in the bridge: no number, no other table', () => {
    const ruleset = compile([webServer('vnet0')], inBridge);
    expect(ruleset.inet).toEqual(emptyRuleset.inet);
    expect(needsBridgeNetfilter(ruleset)).toBe(false);
  });

  test('only directions with rules have chains', () => {
    const stateful = expectPolicy({ top: "<rule action='drop' direction='in'><tcp state='INVALID'/></rule>" });
    expect(Object.keys(compile([stateful]).bridge.chains).toSorted()).toEqual(['guard_in', 'mark_in']);
  });

  test('rules on frames need no number and no br_netfilter', () => {
    const ruleset = compile([cleanTraffic(1)]);
    expect([ruleset.inet, needsBridgeNetfilter(ruleset)]).toEqual([emptyRuleset.inet, false]);
  });
});

describe('what the backend refuses', () => {
  const policy = (text: string, parameters = {}) =>
    expectPolicy({ top: `<rule action='drop' direction='out'>${text}</rule>` }, { parameters });
  const none: KernelAbilities = { bridgeConntrack: false, bridgeNetfilter: false, bridgeReject: false };

  test.each([
    ['ipsets', policy("<all ipset='s' ipsetflags='src'/>"), byMark, ['backend-ipset']],
    ['a limit of several values', policy("<tcp connlimit-above='$L'/>", { L: ['1', '2'] }), byMark, ['one-value']],
    ['a limit of one value', policy("<tcp connlimit-above='$L'/>", { L: ['1'] }), byMark, []],
    ['rules on packets where the kernel has no connection state', policy('<tcp/>'), none, ['kernel-connection-state']],
    ['rules on frames there', policy('<arp/>'), none, []],
  ])('%s', (_, refused, abilities, codes) => {
    const findings = nftablesBackend.refuse(refused, abilities);
    expect(findings.map(({ code }) => code)).toEqual(codes);
    for (const finding of findings)
      expect(finding).toMatchObject({ severity: 'error', filter: 'top', span: { file: 'top.xml', line: 1 } });
  });
});
