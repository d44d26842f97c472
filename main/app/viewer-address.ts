/** Where somebody looks on from through ssh(1), as SSH_CONNECTION says; undefined for somebody at the machine itself. */
export function viewerAddress(
  { SSH_CONNECTION = '' }: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  return SSH_CONNECTION.split(' ')[0] || undefined;
}
