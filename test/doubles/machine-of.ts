import type { Machine, NetworkSummary, Nic } from '../../shared/rpc/machine.ts';

/** A network as a started one is, but for what is told otherwise. */
export function networkOf(name: string, rest: Partial<NetworkSummary> = {}): NetworkSummary {
  return {
    name,
    uuid: '9b1a3d4e-0000-4000-8000-000000000001',
    kind: 'nat',
    started: true,
    persistent: true,
    autostart: true,
    changesAtRestart: false,
    bridge: `br-${name}`,
    addresses: ['10.20.30.1/24'],
    dhcp: true,
    leases: 0,
    forwards: 0,
    problems: [],
    ...rest,
  };
}

/** A guest's NIC as one that is up and has no filter, but for what is told otherwise. */
export function nicOf(device: string, rest: Partial<Nic> = {}): Nic {
  return { device, present: true, kind: 'tap', up: true, addresses: [], problems: [], ...rest };
}

/** A machine with these parts, and else with nothing. */
export function machineOf(rest: Partial<Machine> = {}): Machine {
  return {
    host: { name: 'workbench', forwarding: { ipv4: true, ipv6: true } },
    uplinks: [],
    foreignBridges: [],
    networks: [],
    nics: [],
    force: 'current',
    problems: [],
    ...rest,
  };
}

/** A number of NICs on a network, numbered through, each with a name, an address and clean-traffic. */
export function nicsOn(network: string, count: number, first = 0): readonly Nic[] {
  return Array.from({ length: count }, (_, at) => {
    const number = first + at;
    return nicOf(`vnet${number}`, {
      network,
      bridge: `br-${network}`,
      hypervisor: { name: 'QEMU', guest: `guest-${number}` },
      mac: `52:54:00:00:${Math.floor(number / 256)
        .toString(16)
        .padStart(2, '0')}:${(number % 256).toString(16).padStart(2, '0')}`,
      addresses: [{ address: `10.20.${Math.floor(number / 250)}.${(number % 250) + 2}`, from: 'lease' }],
      filter: { name: 'clean-traffic', parameters: {} },
    });
  });
}
