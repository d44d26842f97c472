import { type ListedLink, listLinks } from './list-links.ts';

export interface Port extends ListedLink {
  readonly device: string;
}

/** Ports that others have plugged in: TAPs of ours are the helper's, which settles them before they are up. */
export async function portsOf(bridge: string): Promise<readonly Port[]> {
  // There is no such bridge where somebody has just deleted it.
  const links = (await listLinks(['-d'], ['master', bridge])) ?? new Map<string, ListedLink>();
  return Array.from(links).flatMap(([device, link]) => (link.own ? [] : [{ device, ...link }]));
}
