import { describe, expect, it } from 'vitest';
import { allPlays } from '../../../../main/lab/plays/all-plays.ts';
import { plainStyle } from '../../../../main/lab/report/style.ts';
import { createTerminalReporter } from '../../../../main/lab/report/terminal-reporter.ts';
import { failed, play, result, stopper, trial, worked } from '../results.ts';

function transcript(tell: (reporter: ReturnType<typeof createTerminalReporter>) => void): string {
  let text = '';
  tell(
    createTerminalReporter((more) => {
      text += more;
    }, plainStyle),
  );
  return text;
}

describe('the terminal reporter', () => {
  it('tells a play as it goes', () => {
    const theft = play("takes g2's address", 'attack', { story: 'g1 writes as g2.' });
    expect(
      transcript((reporter) => {
        reporter.begins(2, theft);
        reporter.without(worked);
        reporter.tried(trial('clean-traffic', failed, stopper('no-ip-spoofing', 14)));
      }),
    ).toBe(`
2. g1 takes g2's address
   g1 writes as g2.
   without:          it arrived
   clean-traffic:    nothing arrived
   Dropped by filters/no-ip-spoofing.xml:14
     <rule action='drop' direction='out'/>
`);
  });

  it('names no rule where talk got through, whatever was dropped beside it', () => {
    const told = transcript((reporter) => {
      reporter.begins(1, play('plain talk', 'talk'));
      reporter.tried(trial('clean-traffic', worked, stopper('no-other-l2-traffic', 4)));
    });
    expect(told).not.toContain('Dropped');
  });

  it('shows the filter that it brings along', () => {
    const needs = { filter: { name: 'more', xml: "<filter name='more'>\n</filter>\n" }, because: 'It takes more:' };
    expect(transcript((reporter) => reporter.needsMore(play('attacks', 'attack', { needs })))).toBe(`
   It takes more:

     <filter name='more'>
     </filter>

`);
  });

  it('says at the end what should have been otherwise', () => {
    const results = [result(play('attacks', 'attack'), worked, trial('f', worked))];
    expect(transcript((reporter) => reporter.ended(results, ['attacks: worked in spite of f.']))).toMatch(
      /This is not what should have happened:\n {2}attacks: worked in spite of f\.\n$/,
    );
  });

  it('keeps within 80 columns', () => {
    const told = transcript((reporter) => {
      reporter.buildingRoom();
      reporter.roomStands();
      reporter.playBegins('clean-traffic');
      for (const one of allPlays) {
        reporter.begins(1, one);
        reporter.needsMore(one);
      }
    });
    expect(told.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
