import type { Rival } from '../../networks/choose/find-overlaps.ts';

const links: Readonly<Record<string, string>> = {
  cable: 'the LAN on',
  wireless: 'the LAN on',
  tunnel: 'the VPN on',
  docker: "Docker's",
  libvirt: "libvirt's",
  bridge: 'the bridge',
};

/** Who has a subnet too, as one would say it. */
export function rivalText(rival: Rival): string {
  if (rival.kind === 'network') return `network ${rival.name} (${rival.subnet})`;
  const { device, link, subnet } = rival;
  if (device === undefined) return `a route to ${subnet}`;
  const owner = `${links[link ?? ''] ?? 'the device'} ${device}`;
  return rival.kind === 'address' ? `${owner} (${subnet})` : `a route to ${subnet} over ${owner}`;
}
