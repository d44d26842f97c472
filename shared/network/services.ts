import type { Range, TransportProtocol } from './network-document.ts';

export interface ServicePorts {
  readonly protocol: TransportProtocol;
  readonly ports: Range<number>;
}

const at = (protocol: TransportProtocol, low: number, high = low): ServicePorts => ({ protocol, ports: { low, high } });
const tcp = (low: number, high?: number): ServicePorts => at('tcp', low, high);
const udp = (low: number, high?: number): ServicePorts => at('udp', low, high);

/** Services of a host by the names that people call them, with IANA's ports (and what the common server listens on where IANA has none). */
export const services: Readonly<Record<string, readonly ServicePorts[]>> = {
  'apt-cacher': [tcp(3142)],
  cups: [tcp(631)],
  dns: [udp(53), tcp(53)],
  docker: [tcp(2376)],
  ftp: [tcp(21)],
  git: [tcp(9418)],
  http: [tcp(80)],
  'http-alt': [tcp(8080)],
  'http-proxy': [tcp(3128)],
  https: [tcp(443), udp(443)],
  imap: [tcp(143)],
  imaps: [tcp(993)],
  ipp: [tcp(631)],
  iscsi: [tcp(3260)],
  kerberos: [tcp(88), udp(88)],
  ldap: [tcp(389)],
  ldaps: [tcp(636)],
  llmnr: [udp(5355), tcp(5355)],
  mdns: [udp(5353)],
  mongodb: [tcp(27017)],
  mqtt: [tcp(1883)],
  mysql: [tcp(3306)],
  nfs: [tcp(2049)],
  nfs3: [tcp(2049), udp(2049), tcp(111), udp(111), tcp(20048), udp(20048)],
  ntp: [udp(123)],
  postgres: [tcp(5432)],
  postgresql: [tcp(5432)],
  proxy: [tcp(3128)],
  rdp: [tcp(3389), udp(3389)],
  redis: [tcp(6379)],
  rpcbind: [tcp(111), udp(111)],
  rsync: [tcp(873)],
  samba: [tcp(139), tcp(445), udp(137, 138)],
  smb: [tcp(445)],
  smtp: [tcp(25)],
  socks: [tcp(1080)],
  spice: [tcp(5900, 5999)],
  squid: [tcp(3128)],
  ssh: [tcp(22)],
  submission: [tcp(587)],
  syslog: [udp(514)],
  tftp: [udp(69)],
  vnc: [tcp(5900, 5999)],
  'vnc-web': [tcp(6080)],
};

/** The ports of a service; undefined where the name is not known. */
export function findService(name: string): readonly ServicePorts[] | undefined {
  return Object.hasOwn(services, name) ? services[name] : undefined;
}
