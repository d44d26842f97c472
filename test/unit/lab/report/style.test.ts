import { expect, it } from 'vitest';
import { colourStyle, plainStyle, styleFor } from '../../../../main/lab/report/style.ts';

it.each([
  ['a terminal', true, { TERM: 'xterm' }, colourStyle],
  ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, colourStyle],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, plainStyle],
  ['a dumb terminal', true, { TERM: 'dumb' }, plainStyle],
  ['a pipe', false, { TERM: 'xterm' }, plainStyle],
])('%s has the colours it wants', (_, isTerminal, environment, style) => {
  expect(styleFor(isTerminal, environment)).toBe(style);
});
