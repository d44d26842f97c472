import type { BaseChain } from './ruleset.ts';
import type { TableFamily } from './table-families.ts';

interface Hook {
  readonly hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  readonly priority: number;
  /** filter where absent. */
  readonly type?: 'nat';
}

/**
 * Where each base chain stands. In the bridge family br_netfilter works at priority 0 of prerouting and forward (net/bridge/br_netfilter_hooks.c):
 * marks are given before it, the guards stand after it. Connections are tracked at -200, so packets are judged from -199 on.
 */
export const hooks: Readonly<Record<TableFamily, Readonly<Partial<Record<BaseChain, Hook>>>>> = {
  bridge: {
    'frames-out': { hook: 'prerouting', priority: -300 },
    'mark-out': { hook: 'prerouting', priority: -299 },
    'packets-out': { hook: 'prerouting', priority: -199 },
    'guard-out': { hook: 'prerouting', priority: 1 },
    'mark-in': { hook: 'forward', priority: -200 },
    'packets-in': { hook: 'forward', priority: -199 },
    'guard-in': { hook: 'forward', priority: 1 },
    'frames-in': { hook: 'postrouting', priority: 300 },
  },
  inet: {
    'packets-out': { hook: 'prerouting', priority: -199 },
    'clear-out': { hook: 'prerouting', priority: -198 },
    'packets-in': { hook: 'forward', priority: -199 },
    'clear-in': { hook: 'forward', priority: -198 },
    'network-guard': { hook: 'prerouting', priority: -300 },
    'network-dnat': { hook: 'prerouting', priority: -100, type: 'nat' },
    'network-dnat-host': { hook: 'output', priority: -100, type: 'nat' },
    'network-input': { hook: 'input', priority: 0 },
    'network-forward': { hook: 'forward', priority: 0 },
    'network-snat': { hook: 'postrouting', priority: 100, type: 'nat' },
  },
};
