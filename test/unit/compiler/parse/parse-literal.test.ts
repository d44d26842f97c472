import { describe, expect, it } from 'vitest';
import { formatLiteral } from '../../../../main/compiler/parse/format-literal.ts';
import { parseLiteral } from '../../../../main/compiler/parse/parse-literal.ts';
import type { AttributeType } from '../../../../shared/nwfilter/protocols.ts';
import { protocols } from '../../../../shared/nwfilter/protocols.ts';

const u8: AttributeType = { type: 'number', min: 0, max: 255 };
const etherType = protocols.mac.protocolid;

describe('parseLiteral', () => {
  it.each([
    [u8, '0', { kind: 'number', value: 0, hex: false }],
    [u8, '010', { kind: 'number', value: 10, hex: false }],
    [u8, '0x10', { kind: 'number', value: 16, hex: true }],
    [u8, '1f', { kind: 'number', value: 31, hex: true }],
    [etherType, 'ARP', { kind: 'number', value: 0x806, hex: false }],
    [etherType, '0x806', { kind: 'number', value: 0x806, hex: false }],
    [etherType, '2054', { kind: 'number', value: 0x806, hex: false }],
    [{ type: 'ipv4-mask' }, '0', { kind: 'prefix', length: 0 }],
    [{ type: 'ipv4-mask' }, '0.0.0.0', { kind: 'prefix', length: 0 }],
    [{ type: 'ipv4-mask' }, '255.255.255.255', { kind: 'prefix', length: 32 }],
    [{ type: 'ipv6-mask' }, '::', { kind: 'prefix', length: 0 }],
    [{ type: 'ipv6-mask' }, '128', { kind: 'prefix', length: 128 }],
    [{ type: 'mac-mask' }, '00:00:00:00:00:00', { kind: 'mac', value: 0n }],
    [{ type: 'mac-mask' }, 'ff:ff:ff:ff:ff:ff', { kind: 'mac', value: 0xffffffffffffn }],
    [{ type: 'boolean' }, 'yes', { kind: 'boolean', value: true }],
    [{ type: 'boolean' }, '0', { kind: 'boolean', value: false }],
    [{ type: 'states' }, 'NONE', { kind: 'states', states: [] }],
    [{ type: 'states' }, 'NEW,NONE', { kind: 'states', states: [] }],
    [{ type: 'states' }, 'invalid,NEW,new', { kind: 'states', states: ['NEW', 'INVALID'] }],
    [{ type: 'tcp-flags' }, 'ALL/NONE', { kind: 'tcp-flags', mask: 0x3f, flags: 0 }],
    [{ type: 'tcp-flags' }, 'fin,URG/FIN', { kind: 'tcp-flags', mask: 0x21, flags: 1 }],
    [{ type: 'ipset' }, 'a b+c', { kind: 'text', value: 'a b+c' }],
    [{ type: 'ipset-flags' }, 'Src', { kind: 'ipset-flags', flags: ['src'] }],
    [{ type: 'comment' }, 'x'.repeat(300), { kind: 'text', value: 'x'.repeat(256) }],
    [{ type: 'comment' }, '\u{1f600}'.repeat(300), { kind: 'text', value: '\u{1f600}'.repeat(256) }],
  ] as const)('%j: reads %s', (type, text, value) => {
    expect(parseLiteral(type, text)).toEqual(value);
  });

  it.each([
    [u8, ''],
    [u8, '256'],
    [u8, '-1'],
    [u8, '+1'],
    [u8, ' 1'],
    [u8, '1.0'],
    [u8, '1e1e'],
    [u8, '0x'],
    [u8, '99999999999999999999'],
    [etherType, '0x5ff'],
    [etherType, '65536'],
    [etherType, 'toString'],
    [{ type: 'ipv4' }, '010.0.0.1'],
    [{ type: 'ipv4-mask' }, '255.0.255.0'],
    [{ type: 'ipv4-mask' }, ''],
    [{ type: 'ipv6' }, 'fe80::1%eth0'],
    [{ type: 'ipv6-mask' }, 'ffff:0:ffff::'],
    [{ type: 'mac' }, 'ff'],
    [{ type: 'mac-mask' }, 'ff:00:ff:00:00:00'],
    [{ type: 'boolean' }, 'TRUE'],
    [{ type: 'states' }, ''],
    [{ type: 'states' }, 'NEWESTABLISHED'],
    [{ type: 'tcp-flags' }, 'SYN/ACK/FIN'],
    [{ type: 'tcp-flags' }, '/SYN'],
    [{ type: 'tcp-flags' }, 'ECE/ECE'],
    [{ type: 'tcp-flags' }, 'constructor/SYN'],
    [{ type: 'ipset' }, ''],
    [{ type: 'ipset' }, '-x'],
    [{ type: 'ipset' }, 'x'.repeat(32)],
    [{ type: 'ipset-flags' }, ''],
    [{ type: 'ipset-flags' }, 'src,'],
    [{ type: 'ipset-flags' }, 'src, dst'],
  ] as const)('%j: refuses %j', (type, text) => {
    expect(parseLiteral(type, text)).toBeUndefined();
  });
});

describe('formatLiteral', () => {
  it.each([
    [{ type: 'number', min: 0, max: 255, names: { tcp: 6 } }, { kind: 'number', value: 6, hex: true }, 'tcp'],
    [u8, { kind: 'number', value: 255, hex: true }, '0xff'],
    [u8, { kind: 'number', value: 255, hex: false }, '255'],
    [{ type: 'states' }, { kind: 'states', states: [] }, 'NONE'],
    [{ type: 'tcp-flags' }, { kind: 'tcp-flags', mask: 0x3f, flags: 0x12 }, 'ALL/SYN,ACK'],
  ] as const)('%j: writes %j as %s', (type, value, text) => {
    expect(formatLiteral(type, value)).toBe(text);
  });
});
