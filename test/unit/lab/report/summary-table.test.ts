import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { colourStyle, plainStyle } from '../../../../main/lab/report/style.ts';
import { summaryTable } from '../../../../main/lab/report/summary-table.ts';
import { failed, play, result, stopper, trial, worked } from '../results.ts';

const talk = play('plain talk', 'talk');
const theft = play("takes g2's address", 'attack');
const server = play('plays DHCP server', 'attack');

describe('the summary table', () => {
  it('has a line per play, with the outcome of the last filter tried', () => {
    const results = [
      result(talk, worked, trial('clean-traffic', worked)),
      result(theft, worked, trial('clean-traffic', failed, stopper('no-ip-spoofing', 14))),
      result(server, worked, trial('clean-traffic', worked), trial('own', failed, stopper('own', 2), stopper('b', 3))),
    ];
    expect(summaryTable(results, plainStyle)).toBe(
      [
        '  g1 ...              without  with filter  stopped by',
        '  plain talk          works    works',
        "  takes g2's address  works    stopped      no-ip-spoofing:14",
        '  plays DHCP server   works    stopped      own:2, b:3',
        '',
      ].join('\n'),
    );
  });

  it('names no rule where an attack worked, and does not call a broken talk stopped', () => {
    const results = [
      result(talk, failed, trial('f', failed, stopper('f', 1))),
      result(theft, worked, trial('f', worked, stopper('f', 1))),
    ];
    expect(summaryTable(results, plainStyle)).toBe(
      [
        '  g1 ...              without  with filter  stopped by',
        '  plain talk          fails    fails        f:1',
        "  takes g2's address  works    works",
        '',
      ].join('\n'),
    );
  });

  it('keeps its columns when it has colours', () => {
    const results = [result(theft, worked, trial('f', failed, stopper('f', 1)))];
    const uncoloured = stripVTControlCharacters(summaryTable(results, colourStyle));
    expect(uncoloured).toBe(summaryTable(results, plainStyle));
    expect(summaryTable(results, colourStyle)).toContain('\u001b[32mstopped\u001b[0m');
  });
});
