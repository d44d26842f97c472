import type { Opening } from '../../../shared/network/network-document.ts';
import { findService, services } from '../../../shared/network/services.ts';
import { formatPorts, parsePorts } from '../../networks/forwards/parse-ports.ts';
import { type Result, usage } from '../cli-failure.ts';

const span = { file: 'command line', line: 1, column: 1, length: 0 };

/** Reads `ssh`, `tcp/8080`, `udp/5000-5010` or `8080`; a name can stand for several openings. */
export function parseOpening(text: string): Result<readonly Opening[]> {
  const service = text.toLowerCase();
  const named = findService(service);
  if (named !== undefined) return { ok: true, value: named.map((place) => ({ ...place, service, span })) };
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
