import { formatSubnet, parseSubnet, subnetAround } from '../../../shared/net/subnet.ts';
import type { HostFacts } from '../../../shared/network/host-facts.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { Failure } from '../../../shared/rpc/failure.ts';
import type { Proposal, Wish } from '../../../shared/rpc/new-network.ts';
import { rivalText } from '../../engine/words/rival-text.ts';
import { findOverlaps } from '../../networks/choose/find-overlaps.ts';
import { withoutIpv6, withSubnet } from '../../networks/choose/fit-wish.ts';
import { freeName } from '../../networks/choose/free-name.ts';
import { newNetwork } from '../../networks/choose/new-network.ts';
import { parseNetwork } from '../../networks/parse/parse-network.ts';
import { printNetwork } from '../../networks/print/print-network.ts';
import { takenSubnets } from './taken-subnets.ts';

const refuse = (message: string, cure: string): { readonly ok: false; readonly failure: Failure } =>
  fail({ kind: 'no-such-network', message, cure });

const withoutDhcp = (document: NetworkDocument): NetworkDocument => ({
  ...document,
  ips: document.ips.map((block) => ({ ...block, dhcp: undefined })),
});

const span = { file: 'new network', line: 1, column: 1, length: 0 };

/** Addresses of the person's choice for IPv4 guests, in the place of those that were chosen. */
function withRange(document: NetworkDocument, range: Wish['range']): NetworkDocument {
  if (range === undefined || (range.first === '' && range.last === '')) return document;
  const ips = document.ips.map((block) => {
    const [chosen] = block.dhcp?.ranges ?? [];
    if (block.family !== 'ipv4' || block.dhcp === undefined || chosen === undefined) return block;
    const [low, high] = [range.first.trim() || chosen.low, range.last.trim() || chosen.high];
    return { ...block, dhcp: { ...block.dhcp, ranges: [{ ...chosen, low, high, span }] } };
  });
  return { ...document, ips };
}

function withNames(document: NetworkDocument, domain: string | undefined): NetworkDocument {
  const name = domain?.trim() ?? '';
  return name === '' || document.domain === undefined
    ? document
    : { ...document, domain: { ...document.domain, name } };
}

/** What a reader of its XML would find fault with: addresses outside of the subnet, a domain that is none. */
function whatIsWrong(document: NetworkDocument): ReturnType<typeof refuse> | undefined {
  const parsed = parseNetwork(printNetwork(document), 'new network');
  if (parsed.ok) return undefined;
  const [first] = parsed.diagnostics;
  return refuse(first?.message ?? '', first?.expected === undefined ? '' : `It wants ${first.expected}.`);
}

/** Who else has addresses of the subnet that was named. */
function whoseItIs(
  document: NetworkDocument,
  free: NetworkDocument,
  facts: HostFacts,
  definitions: readonly NetworkDocument[],
): ReturnType<typeof refuse> | undefined {
  const overlaps = findOverlaps(facts, [document, ...definitions]);
  const [overlap] = overlaps.filter(({ network, blocks }) => network === document.name && blocks);
  if (overlap === undefined) return undefined;
  const instead = free.ips.find(({ family }) => family === 'ipv4');
  const subnet = instead && formatSubnet(subnetAround(instead.address, instead.prefix));
  return refuse(
    `${overlap.subnet} is taken by ${rivalText(overlap.rival)}.`,
    subnet === undefined ? 'Name another one.' : `${subnet} is free; leave the field empty to have it.`,
  );
}

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
  const name = given === undefined || given === '' ? freeName(kind, (each) => names.has(each)) : given;
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
  document = withNames(withRange(document, wish.range), wish.domain);
  const wrong = whatIsWrong(document) ?? whoseItIs(document, chosen.document, facts, definitions);
  if (wrong !== undefined) return wrong;
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
    uuid: document.uuid,
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
