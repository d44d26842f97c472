import type { Setups } from '../../../shared/plan/fold-networks.ts';
import type { BandwidthSetup, NetworkSetup, TapSetup } from '../../../shared/plan/network-setup.ts';
import { aliasOf, ifbOf, tapAlias } from './alias.ts';

interface Wanted {
  readonly network: string;
  readonly device: string;
  readonly alias: string;
}

export type WantedDevice =
  | (Wanted & { readonly kind: 'bridge'; readonly link: NonNullable<NetworkSetup['link']> })
  | (Wanted & {
      readonly kind: 'tun';
      readonly tap: TapSetup;
      readonly master: string;
      readonly mtu: number | undefined;
    })
  | (Wanted & { readonly kind: 'ifb' });

/** Every device that these networks are made of, each bridge before what joins it. */
export function wantedDevices(setups: Setups): readonly WantedDevice[] {
  return Array.from(setups).flatMap(([network, setup]) => {
    const { link, taps } = setup;
    const alias = aliasOf(network);
    const master = link?.bridge ?? setup.hostBridge ?? '';
    const bridges = link === undefined ? [] : [{ network, device: link.bridge, alias, kind: 'bridge', link } as const];
    const ports = taps.map(
      (tap) =>
        ({
          network,
          device: tap.device,
          alias: tapAlias(network, tap),
          kind: 'tun',
          tap,
          master,
          mtu: link?.mtu,
        }) as const,
    );
    const ifbs = shapedDevices(network, setup)
      .filter(({ bandwidth }) => bandwidth.outbound !== undefined)
      .map(({ device }) => ({ network, device: ifbOf(device), alias, kind: 'ifb' }) as const);
    return [...bridges, ...ports, ...ifbs];
  });
}

export interface ShapedDevice {
  readonly network: string;
  readonly device: string;
  readonly bandwidth: BandwidthSetup;
}

/** The devices of a network with what may pass through each. */
export function shapedDevices(network: string, { link, bandwidth, taps }: NetworkSetup): readonly ShapedDevice[] {
  return [
    ...(link === undefined ? [] : [{ network, device: link.bridge, bandwidth }]),
    ...taps.map((tap) => ({ network, device: tap.device, bandwidth: tap.bandwidth })),
  ];
}
