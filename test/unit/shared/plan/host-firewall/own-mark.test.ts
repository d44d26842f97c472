import { describe, expect, it } from 'vitest';
import { isOwnComment, ownComment } from '../../../../../shared/plan/host-firewall/own-mark.ts';

describe('ownComment', () => {
  it('is the name where every program takes it as it is', () => {
    expect(ownComment('blue-2.lan_x')).toBe('guestward:blue-2.lan_x');
  });

  it.each(['a b', '"', '\n-j DROP', '\u00e9', 'x'.repeat(128), '\u{1f600}'.repeat(64), '@0'])(
    'holds %j in plain letters',
    (name) => {
      expect(ownComment(name)).toMatch(/^guestward:@[0-9a-f]{32}$/);
      expect(ownComment(name)).not.toBe(ownComment(`${name}x`));
      expect(isOwnComment(ownComment(name))).toBe(true);
    },
  );
});
