import type { HostMatch } from '../../../shared/plan/host-firewall/host-rules.ts';
import type { Accept } from '../../../shared/plan/network-setup.ts';
import { addressRange } from './address-range.ts';

/** Of the packets of a promise: all, some or none. */
export type Hold = 'all' | 'some' | 'none';

/** For which of a promise's packets a match holds. Where the promise says nothing of it, or the match is not understood, it may be some. */
export function hold({ key, negated, values }: HostMatch, promise: Accept): Hold {
  if (key === 'unknown') return 'some';
  const each = values.map((value) => holdValue(key, value, promise));
  const any: Hold = each.includes('all') ? 'all' : each.every((one) => one === 'none') ? 'none' : 'some';
  if (!negated || any === 'some') return any;
  return any === 'all' ? 'none' : 'all';
}

function holdValue(key: Exclude<HostMatch['key'], 'unknown'>, value: string, promise: Accept): Hold {
  switch (key) {
    case 'iif':
      return holdDevice(value, promise.hook === 'output' ? null : promise.iif);
    case 'oif':
      return holdDevice(value, promise.hook === 'input' ? null : promise.oif);
    case 'saddr':
    case 'daddr':
      return holdAddress(value, promise[key], promise.family);
    case 'protocol':
      return holdWord(value, promise.protocol);
    case 'sport':
      return 'some';
    case 'dport':
      return promise.dports === undefined ? 'some' : holdPorts(value, promise.dports);
    case 'family':
      return holdWord(value, promise.family);
    case 'ct-state':
      return states(promise)[value] ?? 'none';
  }
}

/** What is promised is promised to the first packet of a connection, unless only answers are. */
function states({ connection }: Accept): Readonly<Partial<Record<string, Hold>>> {
  if (connection === 'established') return { established: 'all', related: 'some', snat: 'some', dnat: 'some' };
  if (connection === 'dnat') return { dnat: 'all', new: 'all' };
  return { new: 'all', untracked: 'some' };
}

/** null: packets of this hook have no such device. */
function holdDevice(value: string, device: string | undefined | null): Hold {
  if (device === null) return 'none';
  if (device === undefined || value === '*') return value === '*' ? 'all' : 'some';
  const holds = value.endsWith('*') ? device.startsWith(value.slice(0, -1)) : device === value;
  return holds ? 'all' : 'none';
}

function holdAddress(value: string, promised: string | undefined, family: Accept['family']): Hold {
  const range = addressRange(value);
  if (range === undefined) return 'some';
  if (range.width !== (family === 'ipv4' ? 32 : 128)) return 'none';
  const own = promised === undefined ? undefined : addressRange(promised);
  if (own === undefined) return range.low === 0n && range.high === (1n << BigInt(range.width)) - 1n ? 'all' : 'some';
  if (own.low > range.high || own.high < range.low) return 'none';
  return own.low >= range.low && own.high <= range.high ? 'all' : 'some';
}

function holdPorts(value: string, own: NonNullable<Accept['dports']>): Hold {
  const [low = Number.NaN, high = low] = value.split('-').map(Number);
  if (Number.isNaN(low) || Number.isNaN(high)) return 'some';
  if (own.low > high || own.high < low) return 'none';
  return own.low >= low && own.high <= high ? 'all' : 'some';
}

function holdWord(value: string, word: string | undefined): Hold {
  if (word === undefined) return 'some';
  return value === word ? 'all' : 'none';
}
