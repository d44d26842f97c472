import type { Overlap } from '../../networks/choose/find-overlaps.ts';
import type { NetworkFailure } from '../networks/network-failure.ts';
import { joinWords } from './join-words.ts';
import { rivalText } from './rival-text.ts';

/** Failures that are about networks and their ports; the type makes a kind that is missing an error. */
const networkFailureKinds = [
  'network-not-found',
  'network-uuid-mismatch',
  'network-uuid-taken',
  'network-name-mismatch',
  'network-active',
  'network-inactive',
  'network-transient',
  'bridge-taken',
  'no-bridge-name',
  'bridge-missing',
  'uplink-missing',
  'subnet-taken',
  'needs-restart',
  'forward-taken',
  'port-in-use',
  'guest-unpinned',
  'port-group-not-found',
  'port-exists',
  'port-not-found',
] as const satisfies readonly NetworkFailure['kind'][];

type Words = readonly [cause: string, cure: string];

const invalid = 'Requested operation is not valid';

function subnetTaken(network: string, overlaps: readonly Overlap[]): Words {
  const rivals = overlaps.map(({ subnet, rival }) => `${subnet} by ${rivalText(rival)}`);
  return [
    `Network is already in use: of network ${network}, ${joinWords([...new Set(rivals)])}`,
    `guestward net-renumber ${network} moves it to a subnet that is free; other networks: guestward status`,
  ];
}

/** Cause and cure; the cause in virsh's words where it has some. */
export function describeNetworkFailure(failure: NetworkFailure): Words {
  switch (failure.kind) {
    case 'network-not-found':
      return [
        `Network not found: no network with matching name '${failure.network}'`,
        'guestward net-list --all shows the networks that there are; guestward net-new makes one',
      ];
    case 'network-uuid-mismatch':
      return [
        `operation failed: network '${failure.network}' already exists with uuid ${failure.stored}`,
        `the file says ${failure.given}; write the stored uuid, or none, to redefine the network`,
      ];
    case 'network-uuid-taken':
      return [
        `operation failed: network '${failure.by}' already exists with uuid ${failure.uuid}`,
        'leave the <uuid> out, and the network gets one of its own',
      ];
    case 'network-name-mismatch':
      return [
        `operation failed: the text is of network '${failure.given}', not of '${failure.network}'`,
        `a network keeps its name; to have another, define '${failure.given}' and undefine '${failure.network}'`,
      ];
    case 'network-active':
      return [`${invalid}: network is already active`, `guestward net-info ${failure.network} shows its bridge`];
    case 'network-inactive':
      return [`${invalid}: network '${failure.network}' is not active`, `guestward net-start ${failure.network}`];
    case 'network-transient':
      return [
        `${invalid}: network '${failure.network}' is transient`,
        `it has no definition; define it first: guestward net-dumpxml ${failure.network}, then net-define`,
      ];
    case 'bridge-taken':
      return [
        failure.by === undefined
          ? `bridge name '${failure.bridge}' already in use: this host has a device of that name`
          : `bridge name '${failure.bridge}' already in use by network '${failure.by}'`,
        `give network ${failure.network} another <bridge name=.../>, or leave it out and have one chosen`,
      ];
    case 'no-bridge-name':
      return [
        `no bridge name can be made of '${failure.template}' for network ${failure.network}`,
        'a name has up to 15 letters with its number; leave it out and have one chosen',
      ];
    case 'bridge-missing':
      return [
        `network ${failure.network} stands on the bridge ${failure.bridge}, which this host does not have`,
        'make that bridge first, or name another in <bridge name=.../>',
      ];
    case 'uplink-missing':
      return failure.device === undefined
        ? [
            `this host has no default route to take the uplink of network ${failure.network} of`,
            "join the LAN first, or name the device in <forward dev='...'/>",
          ]
        : [
            `network ${failure.network} leads to ${failure.device}, which this host does not have`,
            "name another device in <forward dev='...'/>, or wait until that one is there",
          ];
    case 'subnet-taken':
      return subnetTaken(failure.network, failure.overlaps);
    case 'needs-restart':
      return [
        `${invalid}: ${failure.what} of network ${failure.network} cannot be changed while it is started`,
        `guestward net-destroy ${failure.network}, change it, and start it again; its guests lose their connection meanwhile`,
      ];
    case 'forward-taken':
      return [
        `port ${failure.protocol}/${failure.port} of the host is forwarded already, by network ${failure.by}`,
        `take another host port, or look at guestward net-forward ${failure.by}`,
      ];
    case 'port-in-use':
      return [
        `port ${failure.protocol}/${failure.port} of the host is taken by ${failure.process} (process ${failure.pid}), which listens there`,
        'take another host port, or end that process',
      ];
    case 'guest-unpinned':
      return [
        `the address of guest ${failure.guest} in network ${failure.network} is not known: ${failure.reason}`,
        "give it a <host name=... ip=.../> in the network's <dhcp>, or name its MAC or address in the forward",
      ];
    case 'port-group-not-found':
      return [
        `network ${failure.network} has no port group '${failure.portGroup}'`,
        `guestward net-dumpxml ${failure.network} shows those that it has`,
      ];
    case 'port-exists':
      return [
        failure.network === undefined
          ? `this host has a device ${failure.device} already`
          : `there is a port ${failure.device} already, of network ${failure.network}`,
        'give the new port another --dev, or leave it out and have a name chosen',
      ];
    case 'port-not-found':
      return [`there is no port ${failure.device}`, 'guestward port list shows the ports that there are'];
  }
}

export const isNetworkFailure = (failure: { readonly kind: string }): failure is NetworkFailure =>
  networkFailureKinds.some((kind) => kind === failure.kind);
