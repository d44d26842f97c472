import { findService } from '../../../shared/network/services.ts';
import type { Opening } from '../../../shared/rpc/changes.ts';
import { readPorts, showPorts } from './read-ports.ts';

/** Reads a service's name, which can stand for several openings, or `tcp/8080`, `udp/5000-5010`, `8080`. */
export function readOpening(text: string): readonly Opening[] | undefined {
  const word = text.trim().toLowerCase();
  const named = findService(word);
  if (named !== undefined) {
    return named.map(({ protocol, ports }) => ({ protocol, ports: { ...ports }, service: word }));
  }
  const [, protocol = 'tcp', numbers = ''] = /^(?:(tcp|udp)\/)?([0-9 -]+)$/.exec(word) ?? [];
  const ports = readPorts(numbers);
  return ports && [{ protocol: protocol as Opening['protocol'], ports: { ...ports } }];
}

export function showOpening({ protocol, ports }: Pick<Opening, 'protocol' | 'ports'>): string {
  return `${protocol}/${showPorts(ports)}`;
}
