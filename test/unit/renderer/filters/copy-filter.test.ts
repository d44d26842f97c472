import { describe, expect, it } from 'vitest';
import { asCopy, freeName, nameIn } from '../../../../renderer/features/filters/copy-filter.ts';

describe('a copy of a filter', () => {
  it('has another name and no uuid, and is otherwise the same', () => {
    const text =
      "<!-- why -->\n<filter name='mine' chain='root'>\n  <uuid>1-2</uuid>\n  <rule action='drop' direction='in'/>\n</filter>\n";
    const copy = asCopy(text, 'mine-copy');
    expect(copy).toBe(
      "<!-- why -->\n<filter name='mine-copy' chain='root'>\n  <rule action='drop' direction='in'/>\n</filter>\n",
    );
    expect([nameIn(text), nameIn(copy), nameIn('nothing')]).toEqual(['mine', 'mine-copy', undefined]);
  });
});

it.each([
  ['mine', ['yours'], 'mine'],
  ['mine', ['mine'], 'mine-2'],
  ['mine', ['mine', 'mine-2', 'mine-4'], 'mine-3'],
])('the name %s beside %j is %s', (name, taken, free) => {
  expect(freeName(name, taken)).toBe(free);
});
