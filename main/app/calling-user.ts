/** Who the app belongs to, by number; through sudo(8) or pkexec(1) whoever is behind it. */
export function callingUser(
  { SUDO_UID = '', PKEXEC_UID = '' }: Readonly<Record<string, string | undefined>> = process.env,
): number {
  const own = process.getuid?.() ?? 0;
  const behind = [SUDO_UID, PKEXEC_UID].find((uid) => /^[0-9]{1,10}$/.test(uid));
  return own === 0 && behind !== undefined ? Number(behind) : own;
}
