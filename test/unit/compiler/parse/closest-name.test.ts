import { describe, expect, it } from 'vitest';
import { closestName } from '../../../../main/compiler/parse/closest-name.ts';

const names = ['srcipaddr', 'dstipaddr', 'srcipmask', 'protocol', 'ip', 'tcp'];

describe('closestName', () => {
  it.each([
    ['srcipadr', 'srcipaddr'],
    ['dstipaddr6', 'dstipaddr'],
    ['SrcIpAddr', 'srcipaddr'],
    ['proto', undefined],
    ['protokol', 'protocol'],
    ['tpc', undefined],
    ['tcpp', 'tcp'],
    ['', undefined],
    ['x'.repeat(4000), undefined],
  ])('takes %.20s for %s', (word, name) => {
    expect(closestName(word, names)).toBe(name);
  });
});
