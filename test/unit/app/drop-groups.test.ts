import { expect, it } from 'vitest';
import { dropHandlers } from '../../../main/app/drops/drop-handlers.ts';
import type { RuleCounter } from '../../../main/engine/engine.ts';
import { methods } from '../../../shared/rpc/contract.ts';
import { engineDouble } from '../cli/engine-double.ts';

const counter = (comment: string, packets: number, verdict = 'drop'): RuleCounter => ({
  family: 'bridge',
  chain: 'c',
  comment,
  verdict,
  packets,
  bytes: packets * 60,
});
const rule = { filter: 'no-ip-spoofing', file: 'filters/no-ip-spoofing.xml', line: 9 };

it.each<[string, readonly RuleCounter[], readonly object[]]>([
  ['nothing', [], []],
  [
    'a rule that stands in two chains, once',
    [counter('no-ip-spoofing:9', 2), counter('no-ip-spoofing:9', 3)],
    [{ rule, verdict: 'drop', packets: 5, bytes: 300 }],
  ],
  [
    "a network's rules together, the busiest first",
    [counter('no-ip-spoofing:9', 1), counter('net:lab:source', 2, 'reject'), counter('net:lab:private', 4, 'reject')],
    [
      { network: 'lab', verdict: 'reject', packets: 6, bytes: 360 },
      { rule, verdict: 'drop', packets: 1, bytes: 60 },
    ],
  ],
  [
    'neither what passed nor what never happened',
    [counter('no-ip-spoofing:9', 9, 'accept'), counter('no-ip-spoofing:9', 0)],
    [],
  ],
  ['no rule of a filter that is gone', [counter('gone:4', 3)], []],
])('drops are told as %s', async (_name, counters, groups) => {
  const engine = engineDouble(counters);
  const { 'drops.list': list } = dropHandlers({
    door: 'window',
    engine: async () => ({ ok: true, value: engine }),
    emit: () => undefined,
    changed: () => undefined,
  });
  const listed = await list({});
  expect(listed.ok && methods['drops.list'].result.parse(listed.value).groups).toEqual(groups);
});
