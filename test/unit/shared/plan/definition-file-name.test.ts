import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionFileName, definitionNameOf } from '../../../../shared/plan/definition-file-name.ts';

describe("a definition's file name", () => {
  it.each([
    ['clean-traffic', 'clean-traffic.xml'],
    ['vnet0', 'vnet0.xml'],
    ['..', '%2E..xml'],
    ['.hidden', '%2Ehidden.xml'],
    ['-rf', '%2Drf.xml'],
    ['a/b', 'a%2Fb.xml'],
    ['a b', 'a%20b.xml'],
    ['100%', '100%25.xml'],
    ['\u00fcber', '%C3%BCber.xml'],
    ['a\nb', 'a%0Ab.xml'],
  ])('of %j is %s', (name, file) => {
    expect(definitionFileName(name)).toBe(file);
    expect(definitionNameOf(file)).toBe(name);
  });

  it.each(['', '\ud800', 'x'.repeat(300)])('does not exist for %j', (name) => {
    expect(definitionFileName(name)).toBeUndefined();
  });

  it.each(['a', 'a.xml.new', 'a%2fb.xml', '%61.xml', '.xml', '%zz.xml', '%ff.xml', '../a.xml'])(
    'is not %s for any name',
    (file) => {
      expect(definitionNameOf(file)).toBeUndefined();
    },
  );

  it('is one of its own for every name, never a path, and leads back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 128 }), (name) => {
        const file = definitionFileName(name);
        if (file === undefined) return;
        expect(file).toMatch(/^[A-Za-z0-9%][A-Za-z0-9%_.-]*\.xml$/);
        expect(file.length).toBeLessThanOrEqual(240);
        expect(definitionNameOf(file)).toBe(name);
      }),
    );
  });
});
