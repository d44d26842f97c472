import { expect, it } from 'vitest';
import type { Change } from '../../../main/engine/change.ts';
import { titleOfChanges } from '../../../main/engine/words/title-of-changes.ts';
import { noteSchema } from '../../../shared/plan/journal-entry.ts';
import { applyLive, define, start, xml } from './network-rig.ts';

it.each<[string, readonly Change[], string]>([
  ['nothing', [], 'Bring networks up to date'],
  ['a network that is made', [define(xml({})), start('lab')], 'Define network lab and start network lab'],
  ['a started network that changes', [define(xml({})), applyLive('lab', xml({}))], 'Change network lab'],
  [
    'a filter',
    [{ change: 'define-filter', text: "<filter chain='root' name='mine'/>", file: 'f' }],
    'Define filter mine',
  ],
  [
    'a network whose name is not as it is written',
    [{ change: 'define-network', text: '<network><name>&lt;b&gt; &amp;amp;</name></network>', file: 'f' }],
    'Define network <b> &amp;',
  ],
  [
    'a filter whose name is long',
    [{ change: 'define-filter', text: `<filter name='${'x'.repeat(128)}'/>`, file: 'f' }],
    `Define filter ${'x'.repeat(57)}...`,
  ],
  ['a text without a name', [{ change: 'define-filter', text: 'nonsense', file: 'f' }], 'Define filter'],
])('calls %s by a few words', (_name, changes, title) => {
  expect(titleOfChanges(changes)).toBe(title);
});

it.each(['x'.repeat(1000), 'a\u0000b', '\u{1F4A9}'.repeat(300), 'ok'])(
  'makes a title that the journal takes',
  (name) => {
    const title = titleOfChanges([{ change: 'undefine-filter', nameOrUuid: name }]);
    expect(noteSchema.safeParse({ title, through: 'window' }).success).toBe(true);
  },
);
