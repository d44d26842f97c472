/** A Linux interface name that is safe in every tool's argument: never a leading dash, never a path (IFNAMSIZ leaves 15 characters). */
export const deviceNamePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/;

export function isDeviceName(text: string): boolean {
  return deviceNamePattern.test(text);
}
