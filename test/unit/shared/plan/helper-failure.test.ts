import { describe, expect, it } from 'vitest';
import {
  describeHelperFailure,
  type HelperFailure,
  helperFailureCure,
} from '../../../../shared/plan/helper-failure.ts';

const samples: {
  readonly [Kind in HelperFailure['kind']]: readonly [Extract<HelperFailure, { readonly kind: Kind }>, string];
} = {
  'bad-request': [
    { kind: 'bad-request', path: 'params.plan', message: 'expected object' },
    "The request is not one of the helper's protocol (params.plan): expected object",
  ],
  'not-allowed': [
    { kind: 'not-allowed', method: 'apply', caller: 'pkexec-read' },
    'apply is not allowed to a helper started by pkexec-read',
  ],
  busy: [{ kind: 'busy', holder: 'process 7' }, 'Another helper is at work: process 7'],
  'awaits-confirmation': [
    { kind: 'awaits-confirmation', title: 'Start network lab' },
    'A change waits to be confirmed: Start network lab',
  ],
  'nothing-waits': [
    { kind: 'nothing-waits' },
    'No change waits to be confirmed: there was none, or it has been taken back already',
  ],
  stale: [
    { kind: 'stale', base: 3, inForce: 4 },
    'The rules have changed meanwhile: the plan starts from generation 3, generation 4 is in force',
  ],
  'plan-refused': [
    {
      kind: 'plan-refused',
      problems: [{ operation: 2, rule: 0, comment: 'f:3', message: 'no' }, { message: 'too long' }],
    },
    'The plan is wrong: operation 2 rule 0 (f:3): no; too long',
  ],
  'kernel-refused': [
    { kind: 'kernel-refused', operation: 2, rule: 0, comment: 'f:3', line: 'add rule', message: 'Too many links' },
    'The kernel refused the rules at f:3: Too many links',
  ],
  'not-in-force': [
    { kind: 'not-in-force', expected: '2 a', found: 'nothing' },
    'The rules were loaded but are not in force: "nothing" stands in place of "2 a"',
  ],
  'no-bridge-netfilter': [
    { kind: 'no-bridge-netfilter', message: 'no module' },
    'Packets in bridges cannot be shown to the firewall: no module',
  ],
  'foreign-generation': [
    { kind: 'foreign-generation', found: '9 b' },
    'The table guestward holds rules that are not of this state folder ("9 b")',
  ],
  'state-unsafe': [{ kind: 'state-unsafe', path: '/s', message: 'it belongs to uid 7' }, '/s: it belongs to uid 7'],
  'state-damaged': [{ kind: 'state-damaged', path: '/s', message: 'line 3' }, '/s: line 3'],
  'state-unusable': [{ kind: 'state-unusable', path: '/s', code: 'ENOSPC', message: 'full' }, '/s: full (ENOSPC)'],
  'drop-log-taken': [{ kind: 'drop-log-taken' }, 'The drop log is read by as many as can read it at once'],
  'one-user': [
    { kind: 'one-user', program: 'tcpdump' },
    'tcpdump does not run as root, and this user namespace has no other user',
  ],
  'tool-missing': [{ kind: 'tool-missing', program: 'nft' }, 'nft is not installed'],
  'tool-untrusted': [{ kind: 'tool-untrusted', program: '/x', message: 'why' }, '/x is not to be trusted: why'],
  'tool-failed': [{ kind: 'tool-failed', program: 'nft', message: 'why' }, 'nft failed: why'],
  'dnsmasq-failed': [
    { kind: 'dnsmasq-failed', network: 'n', message: 'Address already in use', holder: 'named (process 7)' },
    'dnsmasq does not serve the network n: Address already in use (by named (process 7))',
  ],
  'options-not-allowed': [
    { kind: 'options-not-allowed', network: 'n', path: '/s/allow-dnsmasq-options' },
    "The network n brings options of dnsmasq's own, which are not allowed on this machine",
  ],
  'device-taken': [
    { kind: 'device-taken', network: 'n', device: 'br0' },
    "The network n needs the device br0, but there is one already that is not Guestward's",
  ],
  'address-taken': [
    { kind: 'address-taken', network: 'n', address: '10.0.0.1', device: 'eth0' },
    'The network n needs the address 10.0.0.1, but eth0 has it',
  ],
  'nic-elsewhere': [
    { kind: 'nic-elsewhere', device: 'vnet0', message: 'is in the bridge br0' },
    'vnet0 cannot be moved: it is in the bridge br0',
  ],
  'network-failed': [
    { kind: 'network-failed', network: '', step: 'forwarding', message: 'EROFS' },
    'The networks could not be brought about (forwarding): EROFS',
  ],
  'timed-out': [{ kind: 'timed-out', program: 'nft', seconds: 30 }, 'nft did not end within 30 seconds'],
  internal: [{ kind: 'internal', message: 'oh' }, 'The helper has a defect: oh'],
};

describe("a helper's failure", () => {
  it.each(Object.values(samples))('$kind has a sentence and a cure', (failure, sentence) => {
    expect(describeHelperFailure(failure)).toBe(sentence);
    expect(helperFailureCure(failure)).toMatch(/^[A-Z].*\.$/);
  });
});
