import type { Dns, DnsSrv, NetworkDocument } from '../../../shared/network/network-document.ts';
import { type DnsSrvQuery, parseDnsHost, parseDnsSrv, parseDnsSrvQuery, parseDnsTxt } from '../parse/parse-dns.ts';
import {
  addTo,
  refuseMissing,
  refuseModify,
  refuseSecond,
  type SectionEdit,
  type SectionEditor,
} from './network-update.ts';

const withDns = (document: NetworkDocument, part: Partial<Dns>): NetworkDocument => ({
  ...document,
  dns: { ...document.dns, ...part },
});

function refuseMany({ element, findings }: SectionEdit, count: number): undefined {
  const details = { found: `${count} that match`, expected: 'enough to tell which' };
  findings.error('ambiguous', `More than one <${element.name}> is like this.`, element.span, details);
}

/** As in libvirt, a host is like another that has its address or any of its names. */
export const editDnsHost: SectionEditor = (edit) => {
  const { document, command, element, findings } = edit;
  if (command === 'modify') return refuseModify(edit);
  const host = parseDnsHost(element, findings, command === 'delete');
  if (host === undefined) return undefined;
  const { hosts } = document.dns;
  const like = hosts.filter(
    ({ address, hostnames }) => address === host.address || hostnames.some((name) => host.hostnames.includes(name)),
  );
  const [first] = like;
  if (command === 'delete') {
    if (first === undefined) return refuseMissing(edit, 'The network has no <host> with this address or name.');
    if (like.length > 1) return refuseMany(edit, like.length);
    return withDns(document, { hosts: hosts.filter((other) => other !== first) });
  }
  if (first !== undefined)
    return refuseSecond(edit, 'A <host> with this address or name is there already.', first.span);
  return withDns(document, { hosts: addTo(hosts, host, command) });
};

export const editDnsTxt: SectionEditor = (edit) => {
  const { document, command, element, findings } = edit;
  if (command === 'modify') return refuseModify(edit);
  const record = parseDnsTxt(element, findings, command === 'delete');
  if (record === undefined) return undefined;
  const { txts } = document.dns;
  const index = txts.findIndex(({ name }) => name === record.name);
  if (command === 'delete') {
    if (index < 0) return refuseMissing(edit, `The network has no <txt name='${record.name}'/>.`);
    return withDns(document, { txts: txts.toSpliced(index, 1) });
  }
  if (index >= 0) return refuseSecond(edit, `A <txt name='${record.name}'/> is there already.`);
  return withDns(document, { txts: addTo(txts, record, command) });
};

const srvKeys = ['service', 'protocol', 'domain', 'target', 'port', 'priority', 'weight'] as const;

const isLike = (wanted: DnsSrvQuery, record: DnsSrv): boolean =>
  srvKeys.every((key) => wanted[key] === undefined || wanted[key] === record[key]);

/** As in libvirt, a record is like another that has all that is given. */
export const editDnsSrv: SectionEditor = (edit) => {
  const { document, command, element, findings } = edit;
  if (command === 'modify') return refuseModify(edit);
  const { srvs } = document.dns;
  if (command === 'delete') {
    const query = parseDnsSrvQuery(element, findings);
    const like = srvs.filter((record) => isLike(query, record));
    if (like.length === 0) return refuseMissing(edit, 'The network has no <srv> that says all this.');
    if (like.length > 1) return refuseMany(edit, like.length);
    return withDns(document, { srvs: srvs.filter((other) => other !== like[0]) });
  }
  const record = parseDnsSrv(element, findings);
  if (record === undefined) return undefined;
  if (srvs.some((other) => isLike(record, other))) {
    return refuseSecond(edit, 'A <srv> that says all this is there already.');
  }
  return withDns(document, { srvs: addTo(srvs, record, command) });
};
