import type { Overlap } from '../choose/find-overlaps.ts';
import type { DoctorFacts, Patient } from './doctor-facts.ts';
import type { Finding } from './finding.ts';

type Listener = DoctorFacts['inspection']['listeners'][number];

/** What ails the network's own parts: rules, bridge, dnsmasq and forwarding. */
export function findAilments(
  { host, inspection, rulesLost }: DoctorFacts,
  { document, setup, state }: Patient,
): readonly Finding[] {
  const network = document.name;
  if (setup === undefined || state === undefined) {
    const needsPort53 = document.dns.enabled && document.ips.length > 0;
    const taken = needsPort53 ? rivals(inspection.listeners, []).filter(({ port }) => port === 53) : [];
    return taken.map((listener) => ({ network, code: 'port-taken', severity: 'warning', ...describeRival(listener) }));
  }
  const findings: Finding[] = [];
  const restore = 'Bring it back with: guestward restore.';
  if (rulesLost && !['open', 'bridge'].includes(document.forward.mode)) {
    const what =
      "The kernel has none of Guestward's rules any more, so what the network promises and forbids no longer holds.";
    findings.push({ network, code: 'rules-lost', severity: 'error', what, manual: restore });
  }
  if (setup.link !== undefined && !state.bridgeUp) {
    const what = `The bridge ${setup.link.bridge} is down or gone.`;
    findings.push({ network, code: 'bridge-down', severity: 'error', what, manual: restore });
  }
  if (state.dnsmasq?.running === false) {
    const words = state.dnsmasq.words.trim();
    const what = `dnsmasq is not running, so guests get neither addresses nor names${words === '' ? '.' : `: ${words}`}`;
    findings.push({ network, code: 'dnsmasq-down', severity: 'error', what, manual: restore });
    for (const listener of rivals(
      inspection.listeners,
      setup.addresses.map(({ address }) => address),
    )) {
      findings.push({ network, code: 'port-taken', severity: 'error', ...describeRival(listener) });
    }
  }
  for (const family of setup.forwarding) {
    if (host.forwarding[family]) continue;
    const ip = family === 'ipv4' ? 'IPv4' : 'IPv6';
    const what = `The host does not forward ${ip} packets, so guests reach nothing beyond it.`;
    findings.push({ network, code: 'forwarding-off', severity: 'error', what, manual: restore });
  }
  for (const { place, count } of state.accepts) {
    const what = `The host's firewall drops by default; ${count} accept${count === 1 ? '' : 's'} of this network let${count === 1 ? 's' : ''} its packets pass.`;
    findings.push({ network, code: 'accepts-stand', severity: 'info', what, culprit: { place } });
  }
  return findings;
}

/** Who holds a port that dnsmasq needs, everywhere or on the bridge's own address; a port that is shared with each other is told once. */
function rivals(listeners: readonly Listener[], own: readonly string[]): readonly Listener[] {
  const wanted = listeners.filter(
    ({ address, port, protocol }) =>
      (port === 53 || (port === 67 && protocol === 'udp')) && ['0.0.0.0', '::', ...own].includes(address),
  );
  return [...new Map(wanted.map((listener) => [`${listener.pid} ${listener.port}`, listener])).values()];
}

function describeRival({
  process,
  pid,
  port,
  protocol,
  address,
}: Listener): Pick<Finding, 'what' | 'culprit' | 'manual'> {
  const where = address === '0.0.0.0' || address === '::' ? 'on every address' : `on ${address}`;
  return {
    what: `${process === '' ? 'A process' : process} (process ${pid}) holds port ${port}/${protocol} ${where}, which dnsmasq needs.`,
    culprit: { place: `process ${pid}${process === '' ? '' : ` (${process})`}` },
    manual: port === 53 ? (freePort53[process] ?? otherwise) : otherwise,
  };
}

const otherwise = 'Bind it to addresses of its own, or stop it, then start the network again.';
const freePort53: Readonly<Record<string, string>> = {
  'systemd-resolve':
    'Remove DNSStubListenerExtra= of every address from /etc/systemd/resolved.conf, then start the network again.',
  dnsmasq:
    'Give it bind-interfaces (or bind-dynamic) and its own interface= in its configuration, then start the network again.',
  named: 'Name its addresses in listen-on and listen-on-v6, then start the network again.',
  unbound: 'Name its addresses with interface:, then start the network again.',
};

/** Sysctls of the host that are in the way of what is forwarded. */
export function findSettings({ host, settings }: DoctorFacts, { document, setup }: Patient): readonly Finding[] {
  const network = document.name;
  if (setup === undefined) return [];
  const findings: Finding[] = [];
  for (const device of document.forward.mode === 'isolated' ? [] : asymmetric(host, document.forward.dev)) {
    if (settings.rpFilter[device] !== 1) continue;
    findings.push({
      network,
      code: 'rp-filter',
      severity: 'warning',
      what: `Answers that come by ${device} are dropped by its strict reverse path filter, since the host's own way back leads through another device.`,
      culprit: { place: `net.ipv4.conf.${device}.rp_filter = 1` },
      cure: {
        cure: { cure: 'loose-rp-filter', device },
        sentence: `Make the filter of ${device} loose (2, RFC 3704) until the network is stopped.`,
      },
    });
  }
  const uplink = host.uplinks.ipv6;
  const isByRouter = host.routes.some(
    ({ family, prefix, device, protocol }) =>
      family === 'ipv6' && prefix === 0 && device === uplink && protocol === 'ra',
  );
  if (uplink !== undefined && isByRouter && setup.forwarding.includes('ipv6') && host.acceptRa[uplink] === 1) {
    findings.push({
      network,
      code: 'accept-ra',
      severity: 'warning',
      what: `The host forwards IPv6, and so takes no more router advertisements on ${uplink}: its own IPv6 route will run out.`,
      culprit: { place: `net.ipv6.conf.${uplink}.accept_ra = 1` },
      cure: {
        cure: { cure: 'accept-ra', device: uplink },
        sentence: `Let ${uplink} take router advertisements all the same (accept_ra 2) until the network is stopped.`,
      },
    });
  }
  return findings;
}

/** Devices that packets of guests may leave by though the host's own default route is another's. */
function asymmetric({ routes, uplinks }: DoctorFacts['host'], dev: string | undefined): readonly string[] {
  const ways = routes.filter(({ family, prefix }) => family === 'ipv4' && prefix === 0).map(({ device }) => device);
  const devices = [...new Set([...ways, dev])].filter((device) => device !== undefined && device !== uplinks.ipv4);
  return uplinks.ipv4 === undefined ? [] : devices.filter((device) => device !== undefined);
}

/** Subnets that the host has somewhere else too. */
export function describeOverlap({ network, subnet, rival, blocks }: Overlap): Finding {
  const whose = {
    address: () => `${'device' in rival ? rival.device : ''} has addresses of ${rival.subnet}`,
    route: () =>
      `a route leads to ${rival.subnet}${'device' in rival && rival.device ? ` through ${rival.device}` : ''}`,
    network: () => `the network ${'name' in rival ? rival.name : ''} has ${rival.subnet}`,
  }[rival.kind]();
  return {
    network,
    code: 'subnet-overlap',
    severity: blocks ? 'error' : 'warning',
    what: `Its subnet ${subnet} is not its own: ${whose}.`,
    manual: `Give it another: guestward net-renumber ${network}`,
  };
}
