import type { Plan } from '../../shared/plan/plan.ts';

/** One NIC's rules in small: something of most kinds that a plan is made of. */
export const rehearsalPlan: Plan = {
  version: 1,
  base: 0,
  operations: [
    {
      op: 'add-set',
      family: 'bridge',
      set: 'values',
      definition: { kind: 'values', key: 'ifname', fields: ['ether saddr'] },
    },
    {
      op: 'add-chain',
      family: 'bridge',
      chain: 'rules',
      content: {
        rules: [
          {
            comment: 'rehearsal:1',
            matches: [
              { match: 'compare', field: 'ether type', operator: '==', value: '2048' },
              { match: 'range', field: 'ip saddr', operator: '!=', low: '10.0.0.1', high: '10.0.0.2' },
              { match: 'lookup', key: 'iifname', fields: ['ether saddr'], set: 'values', negated: true },
            ],
            counter: true,
            statement: { do: 'drop' },
          },
        ],
      },
    },
    {
      op: 'add-elements',
      family: 'bridge',
      set: 'values',
      elements: [{ port: 'rehearsal', values: ['52:54:00:00:00:01'] }],
    },
  ],
  bridgeNetfilter: false,
  definitions: [{ kind: 'binding', name: 'rehearsal', text: '' }],
};
