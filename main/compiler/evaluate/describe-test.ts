import { tcpFlagBits } from '../../../shared/nwfilter/values.ts';
import type { HeaderField } from '../policy/header-field.ts';
import type { Operand, PolicyRule, Test } from '../policy/policy.ts';
import type { ConnectionView } from './connection-view.ts';
import { fieldNames, formatField, formatMask } from './format-field.ts';
import type { FrameView } from './frame-view.ts';

/** A test in words: what it looks at, what has to be there, and what the frame has there (undefined: nothing of the kind). */
export interface TestWords {
  readonly subject: string;
  readonly wanted: string;
  readonly found: string | undefined;
}

interface Scene {
  readonly groups: PolicyRule['groups'];
  readonly frame: FrameView;
  readonly connection: ConnectionView;
}

const mostValues = 3;

function list(values: readonly string[]): string {
  const different = [...new Set(values)];
  if (different.length <= mostValues) return different.join(', ');
  return `${different.slice(0, mostValues - 1).join(', ')} and ${different.length - mostValues + 1} more`;
}

/** A value, or a variable's name and all the values it has. */
function operandText(operand: Operand, format: (value: bigint) => string, groups: PolicyRule['groups']): string {
  if (operand.kind === 'value') return format(operand.value);
  const group = groups[operand.group];
  const values = group?.rows.map((row) => format(row[operand.column] ?? 0n)) ?? [];
  return `$${group?.labels[operand.column]} (${list(values)})`;
}

function flagsText(bits: number): string {
  const names = Object.entries(tcpFlagBits).flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [name]));
  return names.length === 0 ? 'NONE' : names.join(',');
}

function span(low: string, high: string): string {
  return low === high ? low : `${low}-${high}`;
}

function fieldFound({ frame }: Scene, field: HeaderField): string | undefined {
  const value = frame.read(field);
  return value === undefined ? undefined : formatField(field, value);
}

function flagsFound({ frame: { packet, bytes } }: Scene): string | undefined {
  if (packet?.protocol !== 6 || packet.transport === undefined || packet.transport + 14 > packet.end) return undefined;
  return flagsText(bytes[packet.transport + 13] ?? 0);
}

function words(test: Test, scene: Scene): TestWords {
  const text = (operand: Operand, field?: HeaderField): string =>
    operandText(operand, (value) => (field === undefined ? value.toString() : formatField(field, value)), scene.groups);
  const numbers = ([low, high]: readonly [Operand, Operand]): string => span(text(low), text(high));
  switch (test.test) {
    case 'equal': {
      const { field, operand, mask } = test;
      const under = mask === undefined ? '' : operandText(mask, (value) => formatMask(field, value), scene.groups);
      return { subject: fieldNames[field], wanted: `${text(operand, field)}${under}`, found: fieldFound(scene, field) };
    }
    case 'range': {
      const { field, low, high } = test;
      const wanted = span(text(low, field), text(high, field));
      return { subject: fieldNames[field], wanted, found: fieldFound(scene, field) };
    }
    case 'icmp': {
      const [type, code] = [fieldFound(scene, 'icmp-type'), fieldFound(scene, 'icmp-code')];
      const found = type === undefined || code === undefined ? undefined : `${type}/${code}`;
      const anyCode = numbers(test.code) === '0-255';
      return {
        subject: anyCode ? 'ICMP type' : 'ICMP type/code',
        wanted: anyCode ? numbers(test.type) : `${numbers(test.type)}/${numbers(test.code)}`,
        found: anyCode ? type : found,
      };
    }
    case 'gratuitous':
      return { subject: 'ARP target IP', wanted: 'the sender IP', found: fieldFound(scene, 'arp-target-ip') };
    case 'tcp-flags':
      return {
        subject: 'TCP flags',
        wanted: `${flagsText(test.mask)}/${flagsText(test.flags)}`,
        found: flagsFound(scene),
      };
    case 'tcp-option':
      return { subject: 'TCP option', wanted: text(test.option), found: test.negated ? text(test.option) : undefined };
    case 'state':
      return { subject: 'state', wanted: test.states.join(','), found: scene.connection.state };
    case 'connection-direction':
      return { subject: 'way in the connection', wanted: test.direction, found: scene.connection.direction };
    case 'connections':
      return {
        subject: 'connections of the source',
        wanted: `above ${text(test.above)}`,
        found: String(scene.connection.openFromSource),
      };
    case 'ipset':
      return { subject: `ipset ${test.set}`, wanted: `with ${test.flags.join(',')}`, found: 'was not asked' };
  }
}

/** Puts a test into words, for a rule with these value groups and a frame. */
export function describeTest(test: Test, scene: Scene): TestWords {
  const { subject, wanted, found } = words(test, scene);
  const isNegated = 'negated' in test && test.negated;
  return { subject, wanted: isNegated ? `not ${wanted}` : wanted, found };
}
