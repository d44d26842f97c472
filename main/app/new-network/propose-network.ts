import { formatSubnet, parseSubnet, subnetAround } from '../../../shared/net/subnet.ts';
import type { HostFacts } from '../../../shared/network/host-facts.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { Failure } from '../../../shared/rpc/failure.ts';
import type { Proposal, Wish } from '../../../shared/rpc/new-network.ts';
import { withoutIpv6, withSubnet } from '../../networks/choose/fit-wish.ts';
import { newNetwork } from '../../networks/choose/new-network.ts';
import { printNetwork } from '../../networks/print/print-network.ts';
import { takenSubnets } from './taken-subnets.ts';

const refuse = (message: string, cure: string): { readonly ok: false; readonly failure: Failure } =>
  fail({ kind: 'no-such-network', message, cure });

/** `default` for the first nat network, then the kind's name and a number. */
function freeName(kind: string, taken: ReadonlySet<string>): string {
  if (kind === 'nat' && !taken.has('default')) return 'default';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? kind : `${kind}${number}`;
    if (!taken.has(name)) return name;
  }
}

const withoutDhcp = (document: NetworkDocument): NetworkDocument => ({
  ...document,
  ips: document.ips.map((block) => ({ ...block, dhcp: undefined })),
});

/** The network that a wish comes to on this host, with everything chosen that the wish leaves open. */
export function proposeNetwork(
  wish: Wish,
  facts: HostFacts,
  definitions: readonly NetworkDocument[],
  uuid: string,
): Outcome<Proposal, Failure> {
  const kind = wish.kind ?? 'nat';
  const names = new Set(definitions.map(({ name }) => name));
  const given = wish.name?.trim();
  const name = given === undefined || given === '' ? freeName(kind, names) : given;
  if (names.has(name)) return refuse(`There is a network ${name} already.`, 'Give the new one another name.');
  const bridges = facts.links.flatMap((link) =>
    link.kind === 'bridge' && link.master === undefined ? [link.name] : [],
  );
  const uplink = wish.uplink ?? (kind === 'bridge' ? bridges[0] : undefined);
  const chosen = newNetwork({ name, kind, uuid, uplink }, facts, definitions);
  if (!chosen.ok) {
    if (chosen.missing === 'subnet') return refuse('No private subnet is free on this computer.', 'Name one yourself.');
    return kind === 'bridge'
      ? refuse('This computer has no bridge of its own.', 'Make one first, or take another kind of network.')
      : refuse('This computer is on no LAN now.', 'Join it first, or choose the device that leads there.');
  }
  let { document } = chosen;
  if (wish.ipv6 === false) document = withoutIpv6(document);
  if (wish.subnet !== undefined && wish.subnet !== '' && document.ips.length > 0) {
    const subnet = parseSubnet(wish.subnet.trim());
    if (subnet === undefined) {
      return refuse(`'${wish.subnet}' is not a subnet.`, 'Write it as 10.20.30.0/24, with no bits behind the prefix.');
    }
    const fitted = withSubnet(document, subnet);
    if (fitted === undefined) return refuse(`${wish.subnet} has no room for a guest.`, 'Take a shorter prefix.');
    document = fitted;
  }
  if (wish.dhcp === false) document = withoutDhcp(document);
  return succeed(proposalOf(document, { bridges, facts, definitions }));
}

interface Around {
  readonly bridges: readonly string[];
  readonly facts: HostFacts;
  readonly definitions: readonly NetworkDocument[];
}

function proposalOf(document: NetworkDocument, { bridges, facts, definitions }: Around): Proposal {
  const { name, forward, bridge, ips, domain } = document;
  const v4 = ips.find(({ family }) => family === 'ipv4');
  const v6 = ips.find(({ family }) => family === 'ipv6');
  const range = v4?.dhcp?.ranges[0];
  const way = forward.mode === 'bridge' ? bridge.name : (forward.dev ?? facts.uplinks.ipv4 ?? facts.uplinks.ipv6);
  return {
    name,
    kind: forward.mode,
    subnet: v4 && formatSubnet(subnetAround(v4.address, v4.prefix)),
    dhcp: range && { first: range.low, last: range.high },
    domain: domain?.name,
    ipv6: v6 && formatSubnet(subnetAround(v6.address, v6.prefix)),
    uplink: forward.mode === 'isolated' ? undefined : way,
    bridges: [...bridges],
    wirelessUplink: facts.links.some(
      (link) => link.name === (facts.uplinks.ipv4 ?? facts.uplinks.ipv6) && link.kind === 'wireless',
    ),
    taken: takenSubnets(facts, definitions),
    text: printNetwork(document),
  };
}
