import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadBaseFrames } from '../conformance/recorded-cases.ts';
import { type Bench, createBench } from './rig/bench.ts';
import { requirePrivateNetwork } from './rig/network-namespace.ts';
import { runTool } from './rig/run-tool.ts';

const frames = loadBaseFrames();

describe('the bench', () => {
  let bench: Bench;

  beforeEach(() => {
    bench = createBench();
  });

  afterEach(() => {
    bench.destroy();
  });

  function load(rules: string): void {
    bench.namespace.run(() => runTool('/usr/sbin/nft', ['-f', '-'], rules));
  }

  it('passes every frame both ways when no rule stands', () => {
    expect(frames.filter((frame) => bench.verdict(frame) === 'D')).toEqual([]);
  });

  it('drops the frames of a layer 2 rule and no others', () => {
    load('table bridge rig { chain f { type filter hook forward priority 0; iifname "vnet0" ether type arp drop; }; }');

    const dropped = frames.filter((frame) => bench.verdict(frame) === 'D');

    expect(dropped).toEqual(frames.filter(({ dir, hex }) => dir === 'out' && hex.slice(24, 28) === '0806'));
    expect(dropped.length).toBeGreaterThan(0);
  });

  it('lets iptables-like chains see bridged packets and track their connections', () => {
    load('table inet rig { chain f { type filter hook forward priority 0; ct state new tcp dport 80 drop; }; }');
    const syn = frames.find(({ dir, note }) => dir === 'out' && note === 'tcp to 80');
    if (!syn) throw new Error('the base frames hold no TCP frame to port 80');

    expect(bench.verdict(syn)).toBe('D');
    load('flush ruleset');
    expect(bench.verdict(syn)).toBe('P');
  });

  it('forgets connections when asked to', () => {
    load('table inet rig { chain f { type filter hook forward priority 0; ct state established drop; }; }');
    const [query, answer] = ['out', 'in'].map((dir) =>
      frames.find((frame) => frame.dir === dir && frame.note === `udp flow 8001 ${dir === 'out' ? 'query' : 'answer'}`),
    );
    if (!query || !answer) throw new Error('the base frames hold no UDP flow');

    expect(bench.verdict(query)).toBe('P');
    expect(bench.verdict(answer)).toBe('D');
    bench.flushConntrack();
    expect(bench.verdict(answer)).toBe('P');
  });

  it('keeps its devices to itself, and two benches apart', () => {
    const other = createBench();
    try {
      load('table bridge rig { chain f { type filter hook forward priority 0; drop; }; }');
      const arp = frames[0];
      if (!arp) throw new Error('there are no base frames');

      expect(bench.verdict(arp)).toBe('D');
      expect(other.verdict(arp)).toBe('P');
      expect(readFileSync('/proc/thread-self/net/dev', 'utf8')).not.toMatch(/vnet|br0/);
    } finally {
      other.destroy();
    }
  });
});

describe('the guard', () => {
  const view = { own: 'net:[4026532200]', ofInit: 'net:[4026531840]', initial: false };

  it('lets a private namespace pass', () => {
    expect(() => requirePrivateNetwork()).not.toThrow();
    expect(() => requirePrivateNetwork(view)).not.toThrow();
    expect(() => requirePrivateNetwork({ ...view, ofInit: undefined })).not.toThrow();
  });

  it("refuses the host's namespace, and a container's main one", () => {
    expect(() => requirePrivateNetwork({ ...view, initial: true, ofInit: undefined })).toThrow(/unshare --net/);
    expect(() => requirePrivateNetwork({ ...view, ofInit: view.own })).toThrow(/unshare --net/);
  });
});
