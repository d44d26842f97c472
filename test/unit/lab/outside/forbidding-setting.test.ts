import { expect, it } from 'vitest';
import { forbiddingSetting } from '../../../../main/lab/outside/forbidding-setting.ts';

it.each([
  [
    "Ubuntu's AppArmor",
    { 'kernel/apparmor_restrict_unprivileged_userns': '1\n' },
    'kernel.apparmor_restrict_unprivileged_userns',
  ],
  ["Debian's switch", { 'kernel/unprivileged_userns_clone': '0\n' }, 'kernel.unprivileged_userns_clone'],
  ['the limit', { 'user/max_user_namespaces': '0\n' }, 'user.max_user_namespaces'],
  [
    'nothing where all is allowed',
    { 'kernel/unprivileged_userns_clone': '1\n', 'user/max_user_namespaces': '96365\n' },
    undefined,
  ],
  ['nothing where the files are missing', {}, undefined],
])('finds %s', (_, files: Readonly<Record<string, string>>, key) => {
  expect(forbiddingSetting((path) => files[path.replace('/proc/sys/', '')])?.key).toBe(key);
});
