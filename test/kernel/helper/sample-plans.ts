import type { Operation, Plan } from '../../../shared/plan/plan.ts';

const family = 'bridge';

/** Two NICs that may send from one MAC each, with their definitions. */
export const twoNics: Plan = {
  version: 1,
  base: 0,
  bridgeNetfilter: false,
  operations: [
    { op: 'add-set', family, set: 'mac', definition: { kind: 'values', key: 'ifname', fields: ['ether saddr'] } },
    { op: 'add-set', family, set: 'ports', definition: { kind: 'verdicts', key: 'ifname', fields: [] } },
    {
      op: 'add-chain',
      family,
      chain: 'own_mac',
      content: {
        rules: [
          {
            comment: 'no-mac-spoofing:3',
            matches: [{ match: 'lookup', key: 'iifname', fields: ['ether saddr'], set: 'mac', negated: true }],
            counter: true,
            statement: { do: 'drop' },
          },
        ],
      },
    },
    ...nicElements('vnet0', '52:54:00:00:00:01'),
    ...nicElements('vnet1', '52:54:00:00:00:02'),
    {
      op: 'add-chain',
      family,
      chain: 'dispatch',
      content: {
        base: 'frames-out',
        rules: [{ matches: [], counter: false, statement: { do: 'dispatch', key: 'iifname', map: 'ports' } }],
      },
    },
  ],
  definitions: [
    { kind: 'filter', name: 'no-mac-spoofing', text: '<filter name="no-mac-spoofing"/>' },
    { kind: 'binding', name: 'vnet0', text: '<filterbinding/>' },
    { kind: 'binding', name: 'vnet1', text: '<filterbinding/>' },
  ],
};

export function nicElements(port: string, mac: string): readonly Operation[] {
  return [
    { op: 'add-elements', family, set: 'mac', elements: [{ port, values: [mac] }] },
    { op: 'add-elements', family, set: 'ports', elements: [{ port, values: [], chain: 'own_mac' }] },
  ];
}

/** On top of `twoNics`: a third NIC, one less, another rule, and packets judged in the inet table. */
export const changedNics: Plan = {
  version: 1,
  base: 1,
  bridgeNetfilter: true,
  operations: [
    ...nicElements('vnet2', '52:54:00:00:00:03'),
    { op: 'delete-elements', family, set: 'ports', elements: [{ port: 'vnet1', values: [], chain: 'own_mac' }] },
    {
      op: 'replace-rules',
      family,
      chain: 'own_mac',
      rules: [{ comment: 'no-mac-spoofing:4', matches: [], counter: true, statement: { do: 'drop' } }],
    },
    {
      op: 'add-chain',
      family: 'inet',
      chain: 'packets',
      content: {
        base: 'packets-out',
        rules: [
          {
            comment: 'stateful:1',
            matches: [{ match: 'own-mark' }, { match: 'ct-state', states: ['invalid'] }],
            counter: true,
            statement: { do: 'drop' },
          },
        ],
      },
    },
  ],
  definitions: [
    { kind: 'filter', name: 'no-mac-spoofing', text: '<filter name="no-mac-spoofing"><rule/></filter>' },
    { kind: 'binding', name: 'vnet1', text: null },
    { kind: 'binding', name: 'vnet2', text: '<filterbinding/>' },
  ],
};

/** On top of a generation of `twoNics`: nothing is left. */
export function noNics(base: number): Plan {
  return {
    version: 1,
    base,
    bridgeNetfilter: false,
    operations: [
      { op: 'delete-chain', family, chain: 'dispatch' },
      { op: 'delete-set', family, set: 'ports' },
      { op: 'delete-chain', family, chain: 'own_mac' },
      { op: 'delete-set', family, set: 'mac' },
    ],
    definitions: [
      { kind: 'binding', name: 'vnet0', text: null },
      { kind: 'binding', name: 'vnet1', text: null },
    ],
  };
}

/** One more NIC on top of a generation of `twoNics`. */
export function oneMoreNic(base: number, port: string): Plan {
  return {
    version: 1,
    base,
    bridgeNetfilter: false,
    operations: [...nicElements(port, '52:54:00:00:00:09')],
    definitions: [{ kind: 'binding', name: port, text: '<filterbinding/>' }],
  };
}
