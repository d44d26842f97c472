import { describe, expect, it } from 'vitest';
import { findServiceUser } from '../../../main/helper/service-user.ts';

const all = '         0          0 4294967295\n';
const accounts = {
  passwd: 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\ndnsmasq:x:110:65534::/:/bin/false\n',
  group: 'root:x:0:\nnogroup:x:65534:\n',
  uidMap: all,
  gidMap: all,
};

describe("a service's user", () => {
  it("is the distribution's", () => {
    expect(findServiceUser('dnsmasq', accounts)).toEqual({ name: 'dnsmasq', group: 'nogroup', uid: 110, gid: 65534 });
  });

  it('is nobody where it has none', () => {
    const passwd = accounts.passwd.replace(/dnsmasq.*\n/, '');
    expect(findServiceUser('dnsmasq', { ...accounts, passwd })).toMatchObject({ name: 'nobody', uid: 65534 });
  });

  it.each([
    ['has only root', { uidMap: '0 1000 1\n', gidMap: '0 1000 1\n' }],
    ['has other users but not these', { uidMap: '0 1000 1\n1 100000 100\n', gidMap: all }],
    ['has no group for them', { uidMap: all, gidMap: '0 1000 1\n' }],
    ['calls root so', { passwd: 'dnsmasq:x:0:0::/:/bin/sh\nnobody:x:0:0::/:/bin/sh\n' }],
    ['knows no such users', { passwd: '' }],
  ])('stays what it is in a namespace that %s', (_, other) => {
    expect(findServiceUser('dnsmasq', { ...accounts, ...other })).toBeNull();
  });
});
