import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../main/networks/doctor/diagnose.ts';
import type { DoctorFacts, Patient } from '../../../../main/networks/doctor/doctor-facts.ts';
import type { HostFacts } from '../../../../shared/network/host-facts.ts';
import type { HostSettings } from '../../../../shared/network/host-settings.ts';
import type { Inspection, NetworkState } from '../../../../shared/plan/helper-protocol.ts';
import type { Accept, NetworkSetup } from '../../../../shared/plan/network-setup.ts';
import { networkDocument } from './sample-network.ts';

const out: Accept = { hook: 'forward', family: 'ipv4', iif: 'gwbr0', saddr: '10.7.0.0/24' };
const among: Accept = { hook: 'forward', family: 'ipv4', iif: 'gwbr0', oif: 'gwbr0' };
const dhcp: Accept = { hook: 'input', family: 'ipv4', iif: 'gwbr0', protocol: 'udp', dports: { low: 67, high: 67 } };

const setup: NetworkSetup = {
  link: { bridge: 'gwbr0', mac: '52:54:00:07:00:01', stp: false, forwardDelay: 0, ipv6: true, learning: true },
  addresses: [{ address: '10.7.0.1', prefix: 24, prefixRoute: true }],
  routes: [],
  forwarding: ['ipv4'],
  bandwidth: {},
  accepts: [out, among, dhcp],
  cures: [],
  taps: [],
};
const state: NetworkState = { bridgeUp: true, leases: '', accepts: [] };
const inspection: Inspection = {
  nftRuleset: '{"nftables":[]}',
  nftIptables: '',
  nftIp6tables: '',
  legacyIptables: '',
  legacyIp6tables: '',
  listeners: [],
};
const host: HostFacts = {
  links: [],
  addresses: [],
  routes: [],
  uplinks: { ipv4: 'eth0', ipv6: 'eth0' },
  forwarding: { ipv4: true, ipv6: true },
  acceptRa: {},
  dhcpServers: {},
};
const settings: HostSettings = { rpFilter: {}, bridgeNf: undefined, firewalldZones: [] };

interface Case {
  readonly inspection?: Partial<Inspection>;
  readonly host?: Partial<HostFacts>;
  readonly settings?: Partial<HostSettings>;
  readonly patient?: Partial<Patient>;
  readonly rulesLost?: boolean;
}

function findingsOf(given: Case) {
  const facts: DoctorFacts = {
    host: { ...host, ...given.host },
    settings: { ...settings, ...given.settings },
    inspection: { ...inspection, ...given.inspection },
    rulesLost: given.rulesLost ?? false,
  };
  return diagnose(facts, [{ document: networkDocument, setup, state, ...given.patient }]);
}

const filter = (chains: string, rules: string) => `*filter\n${chains}\n${rules}\nCOMMIT\n`;
const forward = (rules: string, policy = 'ACCEPT') => ({ nftIptables: filter(`:FORWARD ${policy} [0:0]`, rules) });
const docker = ':FORWARD DROP [0:0]\n:DOCKER - [0:0]\n:DOCKER-USER - [0:0]';

describe('the rules of others', () => {
  it.each<[string, Case, readonly string[]]>([
    ['nothing', {}, []],
    ['a default', { inspection: forward('', 'DROP') }, ['error default-drop']],
    [
      'a default that our accepts pass',
      {
        inspection: forward('-A FORWARD -s 10.7.0.0/24 -i gwbr0 -m comment --comment guestward:blue -j ACCEPT', 'DROP'),
      },
      [],
    ],
    ['a drop of the bridge', { inspection: forward('-A FORWARD -i gwbr0 -j DROP') }, ['error dropped-by-name']],
    ['a drop of one guest', { inspection: forward('-A FORWARD -s 10.7.0.5/32 -j DROP') }, ['warning dropped-by-name']],
    ['a drop of another network', { inspection: forward('-A FORWARD -s 10.8.0.0/24 -j DROP') }, []],
    [
      'a drop of what belongs to nobody',
      { inspection: forward('-A FORWARD -m conntrack --ctstate INVALID -j DROP') },
      [],
    ],
    ['a drop of some packets of anybody', { inspection: forward('-A FORWARD -m limit --limit 3/min -j DROP') }, []],
    [
      'a drop of what goes to somewhere',
      { inspection: forward('-A FORWARD -d 203.0.113.0/24 -j DROP') },
      ['info dropped-by-destination'],
    ],
    [
      'a drop of a service of anybody',
      { inspection: forward('-A FORWARD -p tcp -m tcp --dport 25 -j REJECT') },
      ['info dropped-by-destination'],
    ],
    [
      'a drop by destination in a chain that others come back from',
      {
        inspection: {
          nftIptables: filter(
            ':FORWARD ACCEPT [0:0]\n:out - [0:0]',
            '-A FORWARD -j out\n-A out -m owner --uid-owner 0 -j RETURN\n-A out -d 203.0.113.0/24 -j DROP',
          ),
        },
      },
      [],
    ],
    [
      'a drop by destination by another way out',
      { inspection: forward('-A FORWARD -o wg0 -d 203.0.113.0/24 -j DROP') },
      [],
    ],
    [
      'a drop of what comes to the LAN from elsewhere',
      { inspection: forward('-A FORWARD -i eth1 -d 203.0.113.0/24 -j DROP') },
      [],
    ],
    ['a drop behind an accept', { inspection: forward('-A FORWARD -i gw+ -j ACCEPT\n-A FORWARD -j DROP') }, []],
    [
      'chains that let some come back, as ufw has one',
      {
        inspection: {
          nftIptables: filter(
            ':INPUT ACCEPT [0:0]\n:ufw-not-local - [0:0]',
            '-A INPUT -j ufw-not-local\n-A ufw-not-local -m addrtype --dst-type LOCAL -j RETURN\n-A ufw-not-local -j DROP',
          ),
        },
      },
      [],
    ],
    [
      "ufw's silent end of DHCP",
      {
        inspection: {
          legacyIptables: filter(
            ':INPUT DROP [0:0]\n:ufw-skip-to-policy-input - [0:0]',
            '-A INPUT -p udp -m udp --dport 67 -j ufw-skip-to-policy-input\n-A ufw-skip-to-policy-input -j DROP',
          ),
        },
      },
      ['error ufw'],
    ],
    [
      "Docker's drops of its own networks",
      {
        inspection: {
          nftIptables: filter(
            docker,
            '-A FORWARD -j DOCKER-USER\n-A FORWARD -j DOCKER\n-A DOCKER ! -i docker0 -o docker0 -j DROP\n-A FORWARD -i gwbr0 -j ACCEPT',
          ),
        },
      },
      [],
    ],
    [
      'a loop of chains',
      {
        inspection: {
          nftIptables: filter(':FORWARD ACCEPT [0:0]\n:A - [0:0]', '-A FORWARD -j A\n-A A -j A\n-A A -i gwbr0 -j DROP'),
        },
      },
      ['error dropped-by-name'],
    ],
    [
      'guests apart from each other, with br_netfilter',
      {
        inspection: forward('-A FORWARD -i gwbr0 -o gwbr0 -j DROP'),
        settings: { bridgeNf: { ipv4: true, ipv6: false } },
      },
      ['warning dropped-by-name'],
    ],
  ])('%s', (_name, given, found) => {
    expect(findingsOf(given).map(({ severity, code }) => `${severity} ${code}`)).toEqual(found);
  });

  it('are passed in DOCKER-USER where Docker jumps there first', () => {
    const rules = '-A FORWARD -j DOCKER-USER\n-A FORWARD -j DOCKER\n-A DOCKER -i gwbr0 -j DROP';
    expect(findingsOf({ inspection: { nftIptables: filter(docker, rules) } })).toMatchObject([
      {
        code: 'docker',
        culprit: { place: 'iptables table filter chain DOCKER', rule: '-A DOCKER -i gwbr0 -j DROP' },
        cure: { cure: { cure: 'accept-first', tool: 'nft', family: 'ip', table: 'filter', chain: 'DOCKER-USER' } },
      },
    ]);
  });

  it('are all named, also those that drop but a part', () => {
    const rules = '-A FORWARD -i gwbr0 -p tcp -m tcp --dport 25 -j DROP\n-A FORWARD -d 192.0.2.0/24 -i gwbr0 -j REJECT';
    expect(findingsOf({ inspection: forward(rules) }).map(({ culprit }) => culprit?.rule)).toEqual(rules.split('\n'));
  });

  it('of guests among themselves are cured by keeping bridged packets out of the firewall', () => {
    const given = { inspection: forward('-A FORWARD -m physdev --physdev-is-bridged -i gwbr0 -o gwbr0 -j DROP') };
    const accepts = [among];
    const bridgeNf = { ipv4: true, ipv6: true };
    expect(findingsOf({ ...given, patient: { setup: { ...setup, accepts } }, settings: { bridgeNf } })).toMatchObject([
      { code: 'bridge-nf', cure: { cure: { cure: 'bridge-nf-off' } } },
    ]);
    expect(findingsOf({ ...given, patient: { setup: { ...setup, accepts } } })).toEqual([]);
  });
});

describe("the host's settings", () => {
  const ways = (...devices: readonly string[]) =>
    devices.map((device, metric) => ({
      family: 'ipv4' as const,
      destination: '0.0.0.0',
      prefix: 0,
      device,
      gateway: undefined,
      metric,
      table: 'main',
      protocol: 'dhcp',
    }));
  const byRouter = [
    { ...ways('eth0')[0], family: 'ipv6' as const, destination: '::', protocol: 'ra' },
  ] as HostFacts['routes'];
  const forwardsIpv6 = { setup: { ...setup, forwarding: ['ipv4', 'ipv6'] } } as Partial<Patient>;

  it.each<[string, Case, readonly string[]]>([
    ['a strict filter on the only way', { host: { routes: ways('eth0') }, settings: { rpFilter: { eth0: 1 } } }, []],
    [
      'a strict filter on another way',
      { host: { routes: ways('eth0', 'wlan0') }, settings: { rpFilter: { wlan0: 1 } } },
      ['rp-filter'],
    ],
    [
      'a loose filter on another way',
      { host: { routes: ways('eth0', 'wlan0') }, settings: { rpFilter: { wlan0: 2 } } },
      [],
    ],
    [
      'advertisements that end',
      { host: { routes: byRouter, acceptRa: { eth0: 1 } }, patient: forwardsIpv6 },
      ['accept-ra'],
    ],
    [
      'advertisements that are taken all the same',
      { host: { routes: byRouter, acceptRa: { eth0: 2 } }, patient: forwardsIpv6 },
      [],
    ],
    [
      'advertisements on a device that the host does not go out by',
      {
        host: { routes: byRouter, uplinks: { ipv4: 'eth0', ipv6: 'eth1' }, acceptRa: { eth0: 1 } },
        patient: forwardsIpv6,
      },
      [],
    ],
    ['advertisements of a network of IPv4 alone', { host: { routes: byRouter, acceptRa: { eth0: 1 } } }, []],
    ['no forwarding', { host: { forwarding: { ipv4: false, ipv6: true } } }, ['forwarding-off']],
    ['rules that the kernel has lost', { rulesLost: true }, ['rules-lost']],
    [
      'lost rules of others, and none of a network that is not started',
      { rulesLost: true, patient: { setup: undefined, state: undefined } },
      [],
    ],
    ['a bridge that is down', { patient: { state: { ...state, bridgeUp: false } } }, ['bridge-down']],
    [
      'a network that is not started',
      { inspection: forward('', 'DROP'), patient: { setup: undefined, state: undefined } },
      [],
    ],
    [
      'a subnet that the LAN has',
      { host: { addresses: [{ device: 'eth0', family: 'ipv4', address: '10.7.0.200', prefix: 24, scope: 'global' }] } },
      ['subnet-overlap'],
    ],
  ])('%s', (_name, given, codes) => {
    expect(findingsOf(given).map(({ code }) => code)).toEqual(codes);
  });
});

describe('dnsmasq', () => {
  const listener = { protocol: 'udp', address: '0.0.0.0', port: 53, process: 'named', pid: 7 } as const;
  const down = { ...state, dnsmasq: { running: false, words: 'failed to create listening socket' } } as const;

  it('is told with its own words and those who hold its ports', () => {
    const listeners = [
      listener,
      { ...listener, protocol: 'tcp' } as const,
      { ...listener, address: '127.0.0.53', pid: 8 },
      { ...listener, port: 67, process: 'dhcpd', pid: 9 },
      { ...listener, port: 22, pid: 10 },
    ];
    const findings = findingsOf({ inspection: { listeners }, patient: { state: down } });
    expect(findings.map(({ code, culprit }) => [code, culprit?.place])).toEqual([
      ['dnsmasq-down', undefined],
      ['port-taken', 'process 7 (named)'],
      ['port-taken', 'process 9 (dhcpd)'],
    ]);
    expect(findings[0]?.what).toContain('failed to create listening socket');
  });

  it('will not start where somebody holds DNS everywhere', () => {
    const listeners = [listener, { ...listener, port: 67, pid: 8 }, { ...listener, address: '127.0.0.53', pid: 9 }];
    const stopped = { setup: undefined, state: undefined };
    expect(findingsOf({ inspection: { listeners }, patient: stopped })).toMatchObject([
      { code: 'port-taken', severity: 'warning', culprit: { place: 'process 7 (named)' } },
    ]);
  });

  it('shares its ports while it is running', () => {
    const running = { ...state, dnsmasq: { running: true, pid: 3 } } as const;
    expect(findingsOf({ inspection: { listeners: [listener] }, patient: { state: running } })).toEqual([]);
  });
});
