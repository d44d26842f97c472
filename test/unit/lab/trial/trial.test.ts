import { describe, expect, it } from 'vitest';
import { surprises } from '../../../../main/lab/trial/trial.ts';
import { failed, play, result, stopper, trial, worked } from '../results.ts';

const talk = play('talk', 'talk');
const attack = play('attack', 'attack');
const rule = stopper('f', 1);

describe('what should have been otherwise', () => {
  it.each([
    ['talk that works', result(talk, worked, trial('f', worked))],
    ['an attack that is stopped', result(attack, worked, trial('f', failed, rule))],
    ['an attack that the second filter stops', result(attack, worked, trial('f', worked), trial('g', failed, rule))],
  ])('is not %s', (_, one) => {
    expect(surprises(one)).toEqual([]);
  });

  it.each([
    ['talk that a filter breaks', result(talk, worked, trial('f', failed)), /^talk: did not work with f/],
    ['talk that never works', result(talk, failed, trial('f', worked)), /^talk: did not even work/],
    ['an attack that fails by itself', result(attack, failed, trial('f', failed, rule)), /^attack: did not even work/],
    ['an attack that works', result(attack, worked, trial('f', worked)), /^attack: worked in spite of f/],
    ['a drop that no rule counts', result(attack, worked, trial('f', failed)), /no rule of it counted/],
    [
      'a first filter that stops what it cannot',
      result(attack, worked, trial('f', failed), trial('g', failed, rule)),
      /f/,
    ],
  ])('is %s', (_, one, text) => {
    expect(surprises(one)).toEqual([expect.stringMatching(text)]);
  });
});
