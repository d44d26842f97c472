import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBaseFrames } from '../conformance/recorded-cases.ts';
import { resolveCase } from '../conformance/resolve-case.ts';
import { type Bench, createBench } from './rig/bench.ts';
import { putInForce } from './rig/put-in-force.ts';
import { runTool } from './rig/run-tool.ts';

const frames = new Map(loadBaseFrames().map((frame) => [`${frame.dir} ${frame.note}`, frame.hex]));
let bench: Bench;

beforeAll(() => {
  bench = createBench();
  const rules = "<rule action='drop' direction='inout'><tcp dstportstart='25'/></rule>";
  const resolved = resolveCase({
    name: 'guard',
    filter: 'one-port',
    mac: '52:54:00:56:44:32',
    params: {},
    filters: { 'one-port': `<filter name='one-port'>${rules}</filter>` },
  });
  if (!resolved.ok) throw new Error('the filter was refused');
  putInForce(bench, [resolved.value]);
});

afterAll(() => {
  bench.destroy();
});

const setBridgeNetfilter = (value: '0' | '1'): void => {
  const setting = `net.bridge.bridge-nf-call-iptables=${value}`;
  bench.namespace.run(() => runTool('/usr/sbin/sysctl', ['-q', setting]));
};

const passage = (name: string): string => {
  const [dir] = name.split(' ') as ['in' | 'out'];
  return bench.verdict({ dir, hex: frames.get(name) as string });
};

describe('a packet that the rules on packets were not shown does not pass', () => {
  test.each(['out udp plain', 'in udp plain', 'out tcp plain', 'in tcp plain'])('%s', (name) => {
    expect(passage(name)).toBe('P');
    setBridgeNetfilter('0');
    try {
      expect(passage(name)).toBe('D');
    } finally {
      setBridgeNetfilter('1');
    }
    expect(passage(name)).toBe('P');
  });

  test('what is no packet passes all the same', () => {
    setBridgeNetfilter('0');
    try {
      expect(passage('out arp op 1')).toBe('P');
    } finally {
      setBridgeNetfilter('1');
    }
  });
});

describe('the mark that carries a port number is gone when others look', () => {
  test.each(['prerouting', 'forward', 'postrouting'])('in %s', (hook) => {
    const text = [
      'table inet witness {',
      `  chain seen { type filter hook ${hook} priority 0; meta mark != 0 counter; }`,
      '}',
      '',
    ].join('\n');
    bench.namespace.run(() => runTool('/usr/sbin/nft', ['-f', '-'], text));
    try {
      expect([passage('out udp plain'), passage('in udp plain')]).toEqual(['P', 'P']);
      const listing = bench.namespace.run(() => runTool('/usr/sbin/nft', ['list', 'table', 'inet', 'witness']));
      expect(listing).toContain('counter packets 0');
    } finally {
      bench.namespace.run(() => runTool('/usr/sbin/nft', ['delete', 'table', 'inet', 'witness']));
    }
  });
});
