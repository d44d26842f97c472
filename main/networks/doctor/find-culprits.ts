import { hasOwnSettings, isKillSwitch } from '../../../shared/plan/host-firewall/foreign-keepers.ts';
import type { HostRule, HostTable } from '../../../shared/plan/host-firewall/host-rules.ts';
import type { Cure } from '../../../shared/plan/network-setup.ts';
import { describePromise } from './describe-promise.ts';
import type { DoctorFacts, Patient } from './doctor-facts.ts';
import { type Drop, findDrops } from './find-drop.ts';
import type { Finding, FindingCode } from './finding.ts';
import { filtersNeedBridgeNf, hostTables, tableWords } from './host-tables.ts';

/** The rules of others that drop what a network promises. */
export function findCulprits(facts: DoctorFacts, patient: Patient): readonly Finding[] {
  const { document, setup } = patient;
  const culprits = new Map<string, { readonly drop: Drop; readonly eaten: Set<string>; amongGuests: boolean }>();
  const subnets = (setup?.addresses ?? []).map(({ address, prefix }) => `${address}/${prefix}`);
  for (const table of hostTables(facts.inspection)) {
    for (const promise of setup?.accepts ?? []) {
      const amongGuests = promise.iif !== undefined && promise.iif === promise.oif;
      // Without br_netfilter the host's firewall never sees what stays in the bridge.
      if (amongGuests && facts.settings.bridgeNf?.[promise.family] !== true) continue;
      for (const drop of findDrops(table, promise, subnets)) {
        // Keepers of a firewall have rules of this kind of their own.
        if (drop.byDestination && hasOwnSettings(table)) continue;
        const key = [tableWords(table), drop.chain.name, drop.base.name, drop.rule?.text ?? ''].join('\n');
        const culprit = culprits.get(key) ?? { drop, eaten: new Set(), amongGuests: true };
        culprit.eaten.add(describePromise(promise));
        culprit.amongGuests &&= amongGuests;
        culprits.set(key, culprit);
      }
    }
  }
  return [...culprits.values()].map(({ drop, eaten, amongGuests }): Finding => {
    const code = codeOf(drop, amongGuests);
    const help = helpFor(code, drop, facts, patient);
    const place = `${tableWords(drop.table)} chain ${drop.chain.name}`;
    const by = drop.rule === undefined ? 'its policy drops' : drop.partly ? 'a rule drops part of' : 'a rule drops';
    if (drop.byDestination) {
      return {
        network: document.name,
        code: 'dropped-by-destination',
        severity: 'info',
        what: `In the host's firewall, a rule drops part of ${[...eaten].join(', ')}, by where it goes and whoever sends it.`,
        culprit: { place, ...(drop.rule !== undefined && { rule: ruleWords(drop.rule) }) },
        manual: 'It is not about this network, and so it is left alone; what guests cannot reach may end there.',
      };
    }
    return {
      network: document.name,
      code,
      severity: drop.partly ? 'warning' : 'error',
      what: `In ${owners[code]}, ${by} ${[...eaten].join(', ')}.`,
      culprit: { place, ...(drop.rule === undefined ? { rule: 'policy drop' } : { rule: ruleWords(drop.rule) }) },
      ...help,
    };
  });
}

const owners: Readonly<Partial<Record<FindingCode, string>>> = {
  firewalld: "firewalld's table",
  'vpn-kill-switch': "a VPN's kill switch",
  ufw: "ufw's chains",
  docker: "Docker's chains",
  'bridge-nf': "the host's firewall, which br_netfilter shows bridged packets to",
  'dropped-by-name': "the host's firewall",
  'default-drop': "the host's firewall",
};

function codeOf({ table, chain, isDefault }: Drop, amongGuests: boolean): FindingCode {
  if (table.tool === 'nft' && table.name === 'firewalld') return 'firewalld';
  if (isKillSwitch(table)) return 'vpn-kill-switch';
  if (amongGuests) return 'bridge-nf';
  if (chain.name.startsWith('ufw')) return 'ufw';
  if (chain.name.startsWith('DOCKER')) return 'docker';
  return isDefault ? 'default-drop' : 'dropped-by-name';
}

function helpFor(
  code: FindingCode,
  { table, base, chain, isDefault }: Drop,
  { settings, inspection }: DoctorFacts,
  { document, setup }: Patient,
): Pick<Finding, 'cure' | 'manual'> {
  if (code === 'firewalld') {
    const zone = chooseZone({ document, setup }, settings.firewalldZones);
    const bridge = setup?.link?.bridge;
    const sentence = `Put ${bridge} into firewalld's zone ${zone} until the network is stopped.`;
    if (bridge !== undefined) return { cure: { cure: { cure: 'firewalld-zone', zone }, sentence } };
  }
  if (code === 'vpn-kill-switch') {
    return {
      manual:
        "Allow local networks, or this network's subnet, in the VPN's own settings: Guestward does not lead guests around a VPN.",
    };
  }
  if (code === 'bridge-nf' && !filtersNeedBridgeNf(inspection)) {
    const sentence =
      'Show bridged packets to the firewall of the host no more (bridge-nf-call-iptables and -ip6tables 0).';
    return { cure: { cure: { cure: 'bridge-nf-off' }, sentence } };
  }
  if (isDefault && !hasOwnSettings(table)) {
    const owner = table.owned ? ' Its owner alone can change this table.' : '';
    return { manual: `Guestward's own accepts are missing there; put them back with: guestward restore.${owner}` };
  }
  const cure = acceptFirst(table, base.hook ?? 'forward', firstChain(table, base.name, chain.name));
  if (cure === undefined) return { manual: 'Change the rule, or let the packets of this network pass in front of it.' };
  const sentence = `Put accepts of this network, and no more, first in the chain ${cure.chain}, until the network is stopped.`;
  return { cure: { cure, sentence } };
}

/** Docker leaves DOCKER-USER to its users and jumps there first of all. */
function firstChain(table: HostTable, base: string, culprit: string): string {
  const [first] = table.chains.get(base)?.rules ?? [];
  const isFirst = first !== undefined && first.matches.length === 0 && 'chain' in first.verdict;
  if (culprit === base || culprit === 'DOCKER-USER' || !isFirst || !table.chains.has('DOCKER-USER')) return base;
  return 'chain' in first.verdict && first.verdict.chain === 'DOCKER-USER' ? 'DOCKER-USER' : base;
}

const plainName = /^[A-Za-z0-9_.-]{1,64}$/;

function acceptFirst(
  { tool, family, name }: HostTable,
  hook: 'input' | 'forward' | 'output',
  chain: string,
): Extract<Cure, { cure: 'accept-first' }> | undefined {
  if (!plainName.test(name) || !plainName.test(chain)) return undefined;
  const by = tool !== 'iptables-legacy' ? 'nft' : family === 'ip6' ? 'ip6tables-legacy' : tool;
  return { cure: 'accept-first', tool: by, family, table: name, chain, hook };
}

/**
 * The definition's own zone, or libvirt's where it is known, which is made for such networks. What that one does not let in, openings among it, the
 * last one does; there Guestward's own rules alone say what guests reach.
 */
function chooseZone(
  { document: { bridge, forward, settings }, setup }: Omit<Patient, 'state'>,
  zones: readonly string[],
): string {
  const own = bridge.zone !== undefined && /^[A-Za-z0-9_-]{1,17}$/.test(bridge.zone) ? [bridge.zone] : [];
  const routed = ['route', 'open', 'lan'].includes(forward.mode) ? ['libvirt-routed'] : [];
  const made = (settings.openings ?? []).length > 0 ? [] : [...routed, 'libvirt'];
  const tried = (setup?.cures ?? []).flatMap((cure) => (cure.cure === 'firewalld-zone' ? [cure.zone] : []));
  return [...own, ...made].find((zone) => zones.includes(zone) && !tried.includes(zone)) ?? 'trusted';
}

function ruleWords({ text, handle, comment }: HostRule): string {
  const told = comment === undefined || text.includes('--comment') ? text : `${text} comment "${comment}"`;
  return handle === undefined ? told : `${told} # handle ${handle}`;
}
