import { describe, expect, it } from 'vitest';
import { untoldJson, untoldText } from '../../../main/cli/print/drop-text.ts';
import type { Drop } from '../../../main/engine/drops/drop.ts';
import { engineDouble } from './engine-double.ts';
import { cliDouble } from './run-cli.ts';

const rule = { filter: 'no-ip-spoofing', file: 'filters/no-ip-spoofing.xml', line: 11 };
const midnight = new Date(2026, 10, 27).getTime();
const drop: Drop = {
  at: midnight + 3_723_004,
  name: 'no-ip-spoofing:11',
  owner: { rule },
  device: 'vnet0',
  direction: 'out',
  summary: 'tcp 10.0.0.9:40000 > 10.0.0.1:80',
  mac: 0x525400000001n,
  frame: Uint8Array.from([0xff, 0x01]),
  cut: false,
};
const ofNetwork: Drop = {
  ...drop,
  name: 'net:home:source',
  owner: { network: 'home' },
  device: 'br-home',
  summary: 'udp 10.0.0.9:1 > 10.0.0.1:2',
  mac: undefined,
  frame: undefined,
};

const run = (drops: readonly Drop[], ...args: readonly string[]) =>
  cliDouble(engineDouble([], { drops }))(['log', ...args]);

describe('the drop log in the terminal', () => {
  it('has a line a packet: when, whose, which way, what, and by which rule', async () => {
    expect(await run([drop, ofNetwork], '-f', '--count', '2')).toEqual({
      status: 0,
      out: [
        '01:02:03.004  vnet0  out  tcp 10.0.0.9:40000 > 10.0.0.1:80  no-ip-spoofing:11',
        '01:02:03.004  br-home  out  udp 10.0.0.9:1 > 10.0.0.1:2  net:home:source',
        '',
      ].join('\n'),
      err: '',
    });
  });

  it('adds the command that tries the packet, where there is a filter to try it on', async () => {
    const { out } = await run([drop, ofNetwork], '--frames', '--count', '2');
    expect(out.split('\n').filter((line) => line.includes('trace'))).toEqual([
      '    guestward trace vnet0 --direction out --frame ff01',
    ]);
  });

  it('is an object a line with --json', async () => {
    const { out } = await run([drop, ofNetwork], '--json', '--count', '1');
    expect(out.endsWith('\n')).toBe(true);
    expect(JSON.parse(out)).toEqual({
      time: new Date(drop.at).toISOString(),
      name: 'no-ip-spoofing:11',
      device: 'vnet0',
      direction: 'out',
      summary: 'tcp 10.0.0.9:40000 > 10.0.0.1:80',
      cut: false,
      rule,
      mac: '52:54:00:00:00:01',
      frame: 'ff01',
    });
  });

  it.each([
    [['--count', 'many'], "'many' is not a number"],
    [['--count', '0'], "'0' is not a number"],
    [['nobody9'], "there is no NIC and no guest 'nobody9'"],
  ])('refuses %j', async (args, words) => {
    const { status, err } = await run([drop], ...args);
    expect([status, err.includes(words)]).toEqual([1, true]);
  });

  it.each([
    [1, '1 more packet was dropped by a:1'],
    [9980, '9980 more packets were dropped by a:1'],
  ])('says that there were %i more', (packets, words) => {
    expect(untoldText(midnight, { name: 'a:1', packets })).toContain(words);
    expect(JSON.parse(untoldJson(0, { name: 'a:1', packets }))).toMatchObject({ name: 'a:1', untold: packets });
  });
});
