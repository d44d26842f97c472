import {
  IconAffiliate,
  IconAlertTriangle,
  IconBrandDocker,
  IconDeviceDesktop,
  IconDeviceLaptop,
  IconHourglass,
  IconLock,
  IconNetwork,
  IconPlug,
  IconPlugConnected,
  IconPlugConnectedX,
  IconShield,
  IconShieldOff,
  IconShieldQuestion,
  IconStack2,
  IconTopologyBus,
  IconWifi,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Uplink } from '../../../shared/rpc/machine.ts';
import type { BridgeOwner, MapNode } from './map-graph.ts';
import type { MapRow } from './map-rows.ts';
import type { Shield } from './nic-shield.ts';

export const uplinkIcons: Readonly<Record<Uplink['kind'], TablerIcon>> = {
  wireless: IconWifi,
  cable: IconPlug,
  tunnel: IconLock,
  bridge: IconTopologyBus,
  other: IconPlugConnected,
};

export const bridgeIcons: Readonly<Record<BridgeOwner, TablerIcon>> = {
  docker: IconBrandDocker,
  libvirt: IconTopologyBus,
  other: IconTopologyBus,
};

/** Of a row: its kind's, but that ways out and bridges have some of their own. */
export function iconOf({ kind, sort }: Pick<MapRow, 'kind' | 'sort'>): TablerIcon {
  const own: Readonly<Record<string, TablerIcon>> =
    kind === 'uplink' ? uplinkIcons : kind === 'bridge' ? bridgeIcons : {};
  return own[sort ?? ''] ?? kindIcons[kind];
}

export const shieldIcons: Readonly<Record<Shield, TablerIcon>> = {
  unknown: IconShieldQuestion,
  open: IconShieldOff,
  holds: IconShield,
  waits: IconHourglass,
  fails: IconAlertTriangle,
};

export const kindIcons: Readonly<Record<MapNode['kind'], TablerIcon>> = {
  uplink: IconPlugConnected,
  host: IconDeviceLaptop,
  network: IconNetwork,
  bridge: IconTopologyBus,
  bridges: IconAffiliate,
  apart: IconPlugConnectedX,
  nic: IconDeviceDesktop,
  group: IconStack2,
};
