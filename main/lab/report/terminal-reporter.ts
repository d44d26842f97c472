import type { Happening } from '../plays/play.ts';
import { addresses } from '../room/addresses.ts';
import type { StoppingRule } from '../trial/trial.ts';
import type { Reporter } from './reporter.ts';
import type { Style } from './style.ts';
import { summaryTable } from './summary-table.ts';
import { wrap } from './wrap.ts';

const indent = '   ';

/** Where everybody is, for the beginning and for those who enter a guest themselves. */
export function whoIsWhere(): string {
  const { gateway, g1, g2, lan, bridge } = addresses;
  return [
    `  g1       ${g1.ip}  ${g1.mac}  on ${g1.port}, the attacker`,
    `  g2       ${g2.ip}  ${g2.mac}  on ${g2.port}`,
    `  gateway  ${gateway.ip}   ${gateway.mac}  the host on the network lab, ${bridge}`,
    `  LAN      ${lan.ip}                      behind the gateway, by NAT`,
    '',
  ].join('\n');
}

/** Tells the story step by step, in plain sentences. */
export function createTerminalReporter(print: (text: string) => void, style: Style): Reporter {
  const outcome = (label: string, { seen }: Happening, good: boolean) => {
    const told = wrap(seen, { first: indent + `${label}: `.padEnd(18), next: indent + ' '.repeat(18) });
    print(`${(good ? style.good : style.bad)(told)}\n`);
  };
  let kind: 'talk' | 'attack' = 'talk';

  return {
    buildingRoom() {
      print('Setting up two guests, a bridge and a LAN in namespaces of their own ...\n');
    },
    roomStands() {
      print(`Ready. Nothing of this touches the host's network.\n\n${whoIsWhere()}\n`);
    },
    playBegins(filter) {
      const told = `Each step is played twice: without a filter, and with ${filter} on g1's card.`;
      print(`${wrap(told, { first: '', next: '' })}\n`);
    },
    begins(number, play) {
      kind = play.kind;
      const title = play.kind === 'talk' ? 'Plain talk' : `g1 ${play.name}`;
      print(`\n${style.bold(`${number}. ${title}`)}\n`);
      print(`${wrap(play.story, { first: indent, next: indent })}\n`);
    },
    without(happening) {
      outcome('without', happening, (kind === 'talk') === happening.worked);
    },
    tried({ filter, happening, stoppedBy }) {
      outcome(filter.length > 15 ? 'with it' : filter, happening, (kind === 'talk') === happening.worked);
      if (!happening.worked) print(stoppedBy.map((rule) => stopper(rule, style)).join(''));
    },
    needsMore({ needs }) {
      if (!needs) return;
      print(`\n${wrap(needs.because, { first: indent, next: indent })}\n\n`);
      print(style.dim(needs.filter.xml.replaceAll(/^(?=.)/gm, `${indent}  `)));
      print('\n');
    },
    ended(results, surprises) {
      print(`\n${summaryTable(results, style)}`);
      if (surprises.length === 0) return;
      print(`\n${style.bad('This is not what should have happened:')}\n`);
      print(surprises.map((surprise) => `${wrap(surprise, { first: '  ', next: '  ' })}\n`).join(''));
    },
  };
}

function stopper({ file, line, text }: StoppingRule, style: Style): string {
  const rule = text.replaceAll(/^(?=.)/gm, `${indent}  `);
  return `${indent}Dropped by ${file}:${line}\n${style.dim(rule)}\n`;
}
