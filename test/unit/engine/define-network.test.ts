import { describe, expect, test } from 'vitest';
import type { Change } from '../../../main/engine/change.ts';
import type { EngineFailure } from '../../../main/engine/failure.ts';
import type { Workspace } from '../../../main/engine/workspace.ts';
import { host, link } from '../networks/choose/host.ts';
import {
  autostart,
  changed,
  create,
  define,
  destroy,
  failureOf,
  fresh,
  madeUuid,
  otherUuid,
  planned,
  start,
  stored,
  undefine,
  xml,
} from './network-rig.ts';

const lab = changed(fresh, define(xml({})));
const running = changed(lab, start('lab'));

describe('a network that is defined', () => {
  test('gets what its text leaves open, and keeps it when it is defined again', () => {
    const first = stored(lab, 'lab').persistent?.document;
    expect(first).toMatchObject({ uuid: madeUuid, bridge: { name: 'gwbr0', mac: 0x5254_0000_0a00n } });
    const again = planned(lab, [define(xml({ ip: '10.6.6' }))], { makeUuid: () => otherUuid, makeMac: () => 1n });
    expect(stored(again.workspace, 'lab').persistent?.document).toMatchObject({
      uuid: madeUuid,
      bridge: { name: 'gwbr0', mac: 0x5254_0000_0a00n },
      ips: [{ address: '10.6.6.1' }],
    });
  });

  test('has nothing to do in the kernel, and one file', () => {
    const { plan } = planned(fresh, [define(xml({}))]);
    expect(plan).toMatchObject({ operations: [], definitions: [{ kind: 'network', name: 'lab' }] });
    expect(plan.networks).toBeUndefined();
  });

  test.each<[string, string | undefined, string]>([
    ['the first number that no network and no device has', undefined, 'gwbr2'],
    ['the first number for its template', 'guests%d', 'guests0'],
    ['the name that it asks for', 'br-lab', 'br-lab'],
  ])('has a bridge of %s', (_, bridge, expected) => {
    const one = changed(fresh, define(xml({ name: 'one', bridge: 'gwbr0' })));
    const facts = host({ links: [link('gwbr1', 'bridge')] });
    const { workspace } = planned(one, [define(xml({ ...(bridge === undefined ? {} : { bridge }) }))], {
      facts,
      makeUuid: () => otherUuid,
    });
    expect(stored(workspace, 'lab').persistent?.document.bridge.name).toBe(expected);
  });

  test('goes on as it stands while it is started', () => {
    const { plan, workspace } = planned(running, [define(xml({ ip: '10.6.6' }))]);
    expect(plan.networks).toBeUndefined();
    expect(plan.operations).toEqual([]);
    expect(stored(workspace, 'lab').live?.document.ips[0]?.address).toBe('10.5.5.1');
  });

  test('still starts with the machine when it is defined anew', () => {
    const set = changed(lab, autostart('lab'));
    expect(stored(changed(set, define(xml({}))), 'lab').persistent?.document.settings.autostart).toBe(true);
  });
});

test.each<[string, Workspace, Change, EngineFailure]>([
  [
    'another uuid for a name',
    lab,
    define(xml({ uuid: otherUuid })),
    { kind: 'network-uuid-mismatch', network: 'lab', stored: madeUuid, given: otherUuid },
  ],
  [
    'another name for a uuid',
    lab,
    define(xml({ name: 'other', uuid: madeUuid })),
    { kind: 'network-uuid-taken', uuid: madeUuid, by: 'lab' },
  ],
  [
    'the bridge of another network',
    lab,
    define(xml({ name: 'other', uuid: otherUuid, bridge: 'gwbr0' })),
    { kind: 'bridge-taken', network: 'other', bridge: 'gwbr0', by: 'lab' },
  ],
  ['starting what is not there', fresh, start('lab'), { kind: 'network-not-found', network: 'lab' }],
  ['starting it twice', running, start('lab'), { kind: 'network-active', network: 'lab' }],
  ['creating it while it stands', running, create(xml({})), { kind: 'network-active', network: 'lab' }],
  ['destroying what does not stand', lab, destroy('lab'), { kind: 'network-inactive', network: 'lab' }],
  [
    'undefining what has no definition',
    changed(running, undefine('lab')),
    undefine('lab'),
    { kind: 'network-transient', network: 'lab' },
  ],
  [
    'autostart for what has no definition',
    changed(fresh, create(xml({}))),
    autostart('lab'),
    { kind: 'network-transient', network: 'lab' },
  ],
])('%s is refused', (_, workspace, change, failure) => {
  expect(failureOf(workspace, [change])).toEqual(failure);
});

test('a text that is wrong is refused with its findings', () => {
  const bad = '<network><name>lab</name><forward mode="nta"/></network>';
  const failure = failureOf(fresh, [define(bad)]);
  expect(failure).toMatchObject({ kind: 'diagnostics', devices: [] });
  expect(failure.kind === 'diagnostics' && failure.sources.get('given.xml')).toBe(bad);
});

test('a network goes by its uuid too', () => {
  expect(changed(lab, undefine(madeUuid.toUpperCase())).networks.size).toBe(0);
});
