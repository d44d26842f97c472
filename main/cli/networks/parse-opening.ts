import type { Opening } from '../../../shared/network/network-document.ts';
import { type Result, usage } from '../cli-failure.ts';
import { formatPorts, parsePorts } from './parse-ports.ts';

type Place = Pick<Opening, 'protocol' | 'ports'>;

const one = (port: number, protocol: Opening['protocol'] = 'tcp'): Place => ({
  protocol,
  ports: { low: port, high: port },
});

/** Services by the names that people use, with their ports (IANA's, and squid's for the proxy). */
const services: Readonly<Record<string, readonly Place[]>> = {
  ssh: [one(22)],
  http: [one(80)],
  https: [one(443)],
  'http-proxy': [one(3128)],
  proxy: [one(3128)],
  nfs: [one(2049)],
  rpcbind: [one(111), one(111, 'udp')],
  smb: [one(445)],
  samba: [one(445)],
  ipp: [one(631)],
  cups: [one(631)],
  ntp: [one(123, 'udp')],
  mdns: [one(5353, 'udp')],
  rsync: [one(873)],
  git: [one(9418)],
  iscsi: [one(3260)],
  mysql: [one(3306)],
  postgresql: [one(5432)],
  redis: [one(6379)],
  vnc: [one(5900)],
  syslog: [one(514, 'udp')],
};

const span = { file: 'command line', line: 1, column: 1, length: 0 };

/** Reads `ssh`, `tcp/8080`, `udp/5000-5010` or `8080`; a name can stand for several openings. */
export function parseOpening(text: string): Result<readonly Opening[]> {
  const named = services[text.toLowerCase()];
  if (named !== undefined) {
    return { ok: true, value: named.map((place) => ({ ...place, service: text.toLowerCase(), span })) };
  }
  const [, protocol = 'tcp', numbers = ''] = /^(?:(tcp|udp)\/)?([0-9-]+)$/.exec(text) ?? [];
  const ports = parsePorts(numbers);
  if (ports !== undefined) {
    return { ok: true, value: [{ protocol: protocol as Opening['protocol'], ports, service: undefined, span }] };
  }
  return usage(
    `'${text}' is not a service`,
    `write tcp/PORT or udp/PORT, or one of ${Object.keys(services).join(', ')}`,
  );
}

export const formatOpening = ({ protocol, ports }: Opening): string => `${protocol}/${formatPorts(ports)}`;
