import { describe, expect, it } from 'vitest';
import type { CliFailure } from '../../../main/cli/cli-failure.ts';
import { describeFailure } from '../../../main/cli/print/describe-failure.ts';
import { failureText } from '../../../main/cli/print/failure-text.ts';

const span = { file: 'f.xml', line: 1, column: 1, length: 3 };
const diagnostics = [{ code: 'c', severity: 'error', message: 'Wrong.', span }] as const;
const sources = new Map([['f.xml', 'abc']]);

/** One of each kind; the type makes a kind that is missing an error. */
const failures: { readonly [Kind in CliFailure['kind']]: Extract<CliFailure, { kind: Kind }> } = {
  diagnostics: { kind: 'diagnostics', diagnostics, sources, devices: ['vnet0', 'vnet1'] },
  'filter-not-found': { kind: 'filter-not-found', name: 'f' },
  'binding-not-found': { kind: 'binding-not-found', device: 'vnet0' },
  'binding-exists': { kind: 'binding-exists', device: 'vnet0', filter: 'f' },
  'uuid-mismatch': { kind: 'uuid-mismatch', name: 'f', stored: '1', given: '2' },
  'uuid-taken': { kind: 'uuid-taken', uuid: '1', by: 'g' },
  'filter-in-use': { kind: 'filter-in-use', name: 'f', devices: ['vnet0'], filters: ['g'] },
  'stock-filter': { kind: 'stock-filter', name: 'f' },
  'activity-not-found': { kind: 'activity-not-found', id: 7 },
  'activity-undone': { kind: 'activity-undone', id: 7 },
  'undo-impossible': { kind: 'undo-impossible', id: 7, because: 'it changed no definition' },
  'undo-conflict': { kind: 'undo-conflict', id: 7, definitions: ['network blue'] },
  'mac-unknown': { kind: 'mac-unknown', device: 'vnet0' },
  'backend-unavailable': { kind: 'backend-unavailable', wanted: 'iptables', reason: 'it is not there' },
  'no-drop-log': { kind: 'no-drop-log', what: 'this kernel' },
  refused: { kind: 'refused', message: 'there is none of these', cure: 'take another' },
  'network-not-found': { kind: 'network-not-found', network: 'n' },
  'network-uuid-mismatch': { kind: 'network-uuid-mismatch', network: 'n', stored: '1', given: '2' },
  'network-uuid-taken': { kind: 'network-uuid-taken', uuid: '1', by: 'm' },
  'network-name-mismatch': { kind: 'network-name-mismatch', network: 'n', given: 'm' },
  'network-active': { kind: 'network-active', network: 'n' },
  'network-inactive': { kind: 'network-inactive', network: 'n' },
  'network-transient': { kind: 'network-transient', network: 'n' },
  'bridge-taken': { kind: 'bridge-taken', network: 'n', bridge: 'br0', by: undefined },
  'no-bridge-name': { kind: 'no-bridge-name', network: 'n', template: 'averylongname%d' },
  'bridge-missing': { kind: 'bridge-missing', network: 'n', bridge: 'br0' },
  'uplink-missing': { kind: 'uplink-missing', network: 'n', device: 'eth9' },
  'subnet-taken': {
    kind: 'subnet-taken',
    network: 'n',
    overlaps: [
      {
        network: 'n',
        subnet: '10.0.0.0/24',
        blocks: true,
        rival: { kind: 'address', device: 'wlan0', link: 'wireless', subnet: '10.0.0.0/16' },
      },
    ],
  },
  'needs-restart': { kind: 'needs-restart', network: 'n', what: 'the bridge' },
  'forward-taken': { kind: 'forward-taken', network: 'n', protocol: 'tcp', port: 80, by: 'm' },
  'port-in-use': { kind: 'port-in-use', network: 'n', protocol: 'tcp', port: 80, process: 'nginx', pid: 7 },
  'guest-unpinned': { kind: 'guest-unpinned', network: 'n', guest: 'web', reason: 'no address is free' },
  'port-group-not-found': { kind: 'port-group-not-found', network: 'n', portGroup: 'fast' },
  'port-exists': { kind: 'port-exists', device: 'gw0', network: undefined },
  'port-not-found': { kind: 'port-not-found', device: 'gw0' },
  helper: { kind: 'helper', code: 'busy', message: 'Another one is at work', cure: 'Wait.' },
  usage: { kind: 'usage', message: 'this is no call', cure: '' },
  'unreadable-file': { kind: 'unreadable-file', file: 'f.xml', reason: 'Permission denied' },
  editor: { kind: 'editor', message: 'no editor was found', cure: 'set EDITOR' },
};

/** Kinds whose cause says it all: the text itself, the call or the system. */
const withoutCure = ['diagnostics', 'usage', 'unreadable-file'];

describe('describeFailure', () => {
  it.each(Object.values(failures))('has a sentence for $kind, and what would help', (failure) => {
    const { cause, cure } = describeFailure(failure);
    expect(cause).toMatch(/^\S.{9,}[^.]$/);
    expect(cure !== undefined).toBe(!withoutCure.includes(failure.kind));
  });

  it('names who has a subnet already', () => {
    expect(describeFailure(failures['subnet-taken']).cause).toBe(
      'Network is already in use: of network n, 10.0.0.0/24 by the LAN on wlan0 (10.0.0.0/16)',
    );
  });

  it('says nothing of its own about findings that concern no NIC', () => {
    expect(describeFailure({ ...failures.diagnostics, devices: [] })).toEqual({ cause: undefined, cure: undefined });
  });

  it('names a few NICs and counts the others', () => {
    const devices = Array.from({ length: 1000 }, (_, at) => `tap${at}`);
    expect(describeFailure({ ...failures.diagnostics, devices }).cause).toBe(
      'tap0, tap1, tap2, tap3, tap4, tap5, tap6 and 993 more cannot be filtered so; nothing was changed',
    );
  });
});

describe('failureText', () => {
  it('prints headline, findings, cause and cure', () => {
    expect(failureText({ ok: false, headline: 'Failed to define', failure: failures.diagnostics })).toBe(
      `error: Failed to define
f.xml:1:1: error: Wrong. [c]
 1 | abc
   | ^^^
error: vnet0 and vnet1 cannot be filtered so; nothing was changed
`,
    );
    expect(failureText({ ok: false, headline: undefined, failure: failures.editor })).toBe(
      'error: no editor was found\nhint: set EDITOR\n',
    );
  });

  it('passes nothing on to the terminal that could drive it', () => {
    const failure = { kind: 'filter-not-found', name: 'a\u001B[2Jb\u202Ec' } as const;
    expect(failureText({ ok: false, headline: undefined, failure })).toContain("name 'a?[2Jb?c'");
  });
});
