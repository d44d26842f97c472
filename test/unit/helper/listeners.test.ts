import { describe, expect, it } from 'vitest';
import { parseSocketTable } from '../../../main/helper/listeners.ts';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const line = (local: string, state: string) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0\n`;

describe('parseSocketTable', () => {
  it.each([
    ['0100007F:0035', '127.0.0.1', 53],
    ['00000000:0016', '0.0.0.0', 22],
    ['00000000000000000000000000000000:0043', '::', 67],
    ['00000000000000000000000001000000:0035', '::1', 53],
    ['000080FE00000000FF005450010000FE:0222', 'fe80:0:0:0:5054:ff:fe00:1', 546],
  ])('reads %s', (local, address, port) => {
    expect(parseSocketTable(head + line(local, '0A'), 'tcp', '0A')).toEqual([
      { protocol: 'tcp', address, port, inode: '4711' },
    ]);
  });

  it.each(['', 'x', head, line('0100007F:0035', '01'), line('0100007F', '0A'), line('0100007F:00350', '0A')])(
    'finds nobody waiting in %j',
    (text) => {
      expect(parseSocketTable(text, 'tcp', '0A')).toEqual([]);
    },
  );
});
