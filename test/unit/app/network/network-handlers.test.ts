import { describe, expect, it } from 'vitest';
import { changeHandlers } from '../../../../main/app/changes/change-handlers.ts';
import { kernelRules } from '../../../../main/app/network/kernel-rules.ts';
import { networkHandlers } from '../../../../main/app/network/network-handlers.ts';
import type { AppSession } from '../../../../main/app/session.ts';
import { logDrops } from '../../../../main/compiler/backends/nftables/log-drops.ts';
import type { Rule } from '../../../../shared/plan/ruleset.ts';
import { methods } from '../../../../shared/rpc/contract.ts';
import { engineDouble } from '../../cli/engine-double.ts';
import { xml } from '../../engine/network-rig.ts';

async function openWithLab() {
  const leases = '0 52:54:00:00:00:09 10.20.30.9 web 01:52:54:00:00:00:09\n';
  const engine = engineDouble([], {
    states: { lab: { bridgeUp: true, dnsmasq: { running: true, pid: 1 }, leases, accepts: [] } },
    listeners: [
      { protocol: 'tcp', address: '0.0.0.0', port: 22, process: 'sshd', pid: 7 },
      { protocol: 'tcp', address: '127.0.0.1', port: 631, process: 'cupsd', pid: 8 },
    ],
  });
  const session: AppSession = {
    door: 'window',
    engine: async () => ({ ok: true, value: engine }),
    emit: () => undefined,
    changed: () => undefined,
  };
  const handlers = { ...changeHandlers(session), ...networkHandlers(session) };
  const made = await handlers['change.apply']({ actions: [{ action: 'define-network', text: xml({}), start: true }] });
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  return handlers;
}

describe('network.read', () => {
  it('tells all about one network, in the contract’s shape', async () => {
    const handlers = await openWithLab();
    const read = await handlers['network.read']({ name: 'lab' });
    if (!read.ok) throw new Error(JSON.stringify(read.failure));
    const details = methods['network.read'].result.parse(read.value);
    expect(details).toMatchObject({
      leases: [{ address: '10.20.30.9', mac: '52:54:00:00:00:09', hostname: 'web' }],
      openings: null,
      forwards: [],
      reach: { internet: true, lan: true, guests: true, host: true },
      taken: [
        { low: 22, by: { kind: 'process', process: 'sshd', everywhere: true } },
        { low: 631, by: { kind: 'process', process: 'cupsd', everywhere: false } },
      ],
    });
    expect(details.text).toContain('<name>lab</name>');
    expect(details.rules.length).toBeGreaterThan(0);
    expect(details.freeSubnet).toMatch(/^10\.[0-9.]+\/24$/);
  });

  it('shows no rules of a network that is stopped', async () => {
    const handlers = await openWithLab();
    await handlers['change.apply']({ actions: [{ action: 'stop-network', network: 'lab' }] });
    const read = await handlers['network.read']({ name: 'lab' });
    expect(read.ok && read.value.rules).toEqual([]);
  });

  it('says of a network that is not there that it is not', async () => {
    const handlers = await openWithLab();
    expect(await handlers['network.read']({ name: 'none' })).toMatchObject({
      ok: false,
      failure: { kind: 'network-not-found' },
    });
  });
});

describe('network.check', () => {
  it.each([
    ['a right text', xml({}), []],
    ['a wrong address', xml({}).replace(/address='[^']*'/, "address='10.0.0.300'"), ['error']],
    ['another name', xml({}).replace('<name>lab</name>', '<name>other</name>'), ['warning']],
    ['no XML', '<network>', ['error']],
  ])('%s', async (_, text, severities) => {
    const handlers = await openWithLab();
    const checked = await handlers['network.check']({ name: 'lab', text });
    if (!checked.ok) throw new Error(JSON.stringify(checked.failure));
    expect(methods['network.check'].result.parse(checked.value).diagnostics.map(({ severity }) => severity)).toEqual(
      severities,
    );
  });
});

describe('rules in the kernel', () => {
  const rule = (comment: string, counter = true): Rule => ({
    comment,
    matches: [],
    counter,
    statement: { do: 'accept' },
  });
  const table = (...rules: readonly Rule[]) => ({ chains: { net_from: { rules: [...rules] } }, sets: {} });
  const count = (comment: string, packets: number, chain = 'net_from') =>
    ({ family: 'inet', chain, comment, verdict: 'accept', packets, bytes: packets * 100 }) as const;

  it('have what they counted, those of one comment in their order', () => {
    const own = table(rule('a'), rule('b', false), rule('a'));
    const counters = [count('other', 9), count('a', 1), count('a', 2, 'net_to'), count('a', 3)];
    expect(kernelRules(own, own, counters)).toEqual([
      { chain: 'net_from', text: 'accept', packets: 1, bytes: 100 },
      { chain: 'net_from', text: 'accept' },
      { chain: 'net_from', text: 'accept', packets: 3, bytes: 300 },
    ]);
  });

  it('that tell of what they drop are found, with what they have counted together', () => {
    const drop = { ...rule('net:lab:source'), statement: { do: 'drop' } } as const;
    const own = table(rule('a'), drop, drop);
    const { bridge, inet } = logDrops({ bridge: { chains: {}, sets: {} }, inet: own });
    expect(Object.keys(bridge.chains)).toEqual([]);
    const [passing = '', ending = ''] = Object.keys(inet.chains);
    const counters = [count('a', 1, passing), count('net:lab:source', 7, ending)];
    expect(kernelRules(own, inet, counters)).toEqual([
      { chain: 'net_from', text: 'accept', packets: 1, bytes: 100 },
      { chain: 'net_from', text: 'drop', packets: 7, bytes: 700 },
      { chain: 'net_from', text: 'drop' },
    ]);
  });

  it('are left out where the kernel has no such chain', () => {
    expect(kernelRules(table(rule('a')), { chains: {}, sets: {} }, [])).toEqual([]);
  });
});
