import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../main/compiler/parse/parse-filter.ts';
import { printFilter } from '../../../../main/compiler/parse/print-filter.ts';
import { protocols } from '../../../../shared/nwfilter/protocols.ts';
import { attributeSamples } from './attribute-samples.ts';

const escapeQuotes = (text: string) => text.replaceAll('&', '&amp;').replaceAll("'", '&apos;').replaceAll('<', '&lt;');

/** The attributes beside which the one at hand is allowed. */
function neighbours(protocol: string, attribute: string): string {
  if (attribute.includes('port') && (protocol === 'ip' || protocol === 'ipv6')) return "protocol='sctp' ";
  return protocol === 'ipv6' && /^(type|code)/.test(attribute) ? "protocol='icmpv6' " : '';
}

function rule(protocol: string, attribute: string, value: string): string {
  const before = neighbours(protocol, attribute);
  return `<filter name='f'><rule action='drop' direction='in'>\n<${protocol} ${before}${attribute}='${escapeQuotes(value)}'/></rule></filter>`;
}

const samples = Object.entries(attributeSamples).flatMap(([protocol, attributes]) =>
  Object.entries(attributes).map(([attribute, sample]) => ({ protocol, attribute, sample })),
);

describe.each(samples)('$attribute of $protocol', ({ protocol, attribute, sample: [accepted, printed] }) => {
  it('takes a value and prints it as libvirt does', () => {
    const result = parseFilter(rule(protocol, attribute, accepted), 'f.xml');
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && printFilter(result.value)).toContain(` ${attribute}='${printed}'`);
  });

  it('takes a variable, unless it is a comment', () => {
    const result = parseFilter(rule(protocol, attribute, '$NAME[@3]'), 'f.xml');
    const value = attribute === 'comment' ? { kind: 'text' } : { kind: 'variable' };
    expect(result).toMatchObject({
      ok: true,
      value: {
        entries: [
          {
            attributes: expect.arrayContaining([
              expect.objectContaining({ name: attribute, value: expect.objectContaining(value) }),
            ]),
          },
        ],
      },
    });
  });
});

const refusals = samples.flatMap(({ protocol, attribute, sample: [, , refused] }) =>
  refused === null ? [] : [{ protocol, attribute, refused }],
);

it.each(refusals)('$attribute of $protocol refuses $refused, where it stands', ({ protocol, attribute, refused }) => {
  const text = rule(protocol, attribute, refused);
  const result = parseFilter(text, 'f.xml');
  const column = (text.split('\n')[1] ?? '').indexOf(`${attribute}='`) + attribute.length + 3;
  const finding = {
    code: 'bad-value',
    severity: 'error',
    filter: 'f',
    attribute,
    found: refused,
    expected: expect.any(String),
    span: { file: 'f.xml', line: 2, column, length: refused.length },
  };
  expect(result).toMatchObject({ ok: false, diagnostics: expect.arrayContaining([expect.objectContaining(finding)]) });
});

it('has a sample for every attribute of every protocol, and no other', () => {
  const names = (table: Readonly<Record<string, object>>) =>
    Object.entries(table).map(([protocol, attributes]) => [protocol, Object.keys(attributes).sort()]);
  expect(names(attributeSamples)).toEqual(names(protocols));
});
