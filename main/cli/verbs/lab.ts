import type { Place } from '../../lab/lab-options.ts';
import { usage } from '../cli-failure.ts';
import type { Verb } from '../verb.ts';

const places: readonly Place[] = ['g1', 'g2', 'lan'];

export const lab: Verb = {
  name: 'lab',
  summary: 'a practice room: two guests, an attack, and the filter that stops it',
  description:
    'Open a practice room that touches nothing on this host: two guests on a bridge and a pretend LAN. One guest attacks the other, without and with the filter; each step tells what happened and which rule decided. Ctrl-C ends it.',
  options: [
    { name: 'shell', value: 'PLACE', description: 'open a shell in a guest (g1, g2) or on the LAN (lan) instead' },
    { name: 'hold', description: 'keep the room standing until Ctrl-C' },
    { name: 'app', description: 'open the app in the lab after the play; the room stands until Ctrl-C' },
    { name: 'filter', value: 'FILTER', description: 'stock filter, or XML file, to try in place of clean-traffic' },
  ],
  async run(call) {
    const text = call.text('shell');
    const shell = places.find((place) => place === text);
    if (text !== undefined && shell === undefined) {
      return usage(`'${text}' is not a place in the lab`, `the places are ${places.join(', ')}`);
    }
    if (shell !== undefined && call.has('app'))
      return usage('--app and --shell are two ways to spend the time in the lab');
    const { runLab } = await import('../../lab/lab.ts');
    return runLab({
      shell,
      hold: call.has('hold'),
      app: call.has('app'),
      json: call.has('json'),
      filter: call.text('filter'),
    });
  },
};
