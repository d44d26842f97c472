import { describe, expect, it } from 'vitest';
import { parseBindingList } from '../../../../shared/nwfilter/parse-binding-list.ts';

/** The findings as `line:column message`. */
function findings(text: string): readonly string[] {
  const read = parseBindingList(text, 'list.json');
  return read.ok ? [] : read.diagnostics.map(({ span, message }) => `${span.line}:${span.column} ${message}`);
}

describe('parseBindingList', () => {
  it('reads bindings, a value alone as a list of one, each at its place', () => {
    const text = `[
  {"device": "vnet0", "filter": "clean-traffic", "mac": "52:54:00:00:00:02", "parameters": {"IP": "10.0.0.2"}},
  {"device": "vnet1", "filter": "a, [b]", "parameters": {"IP": ["10.0.0.3", "fd00::3"]}}, {"device":"vnet2","filter":"x"}
]`;
    expect(parseBindingList(text, 'list.json')).toEqual({
      ok: true,
      warnings: [],
      value: [
        {
          device: 'vnet0',
          filter: 'clean-traffic',
          mac: 0x5254_0000_0002n,
          parameters: { IP: ['10.0.0.2'] },
          span: { file: 'list.json', line: 2, column: 3, length: 1 },
        },
        {
          device: 'vnet1',
          filter: 'a, [b]',
          mac: undefined,
          parameters: { IP: ['10.0.0.3', 'fd00::3'] },
          span: { file: 'list.json', line: 3, column: 3, length: 1 },
        },
        {
          device: 'vnet2',
          filter: 'x',
          mac: undefined,
          parameters: {},
          span: { file: 'list.json', line: 3, column: 91, length: 1 },
        },
      ],
    });
  });

  it.each([
    ['{}', ['1:1 The document is not a list of bindings.']],
    ['[7]', ['1:2 Entry 1 is not a binding: expected an object.']],
    [
      '[{"device": "../x", "filter": "f"}]',
      [
        '1:2 Entry 1 is not a binding: device: expected the name of a network device, up to 15 letters, digits and _ . -.',
      ],
    ],
    ['[{"device": "v"}]', ['1:2 Entry 1 is not a binding: filter: expected the name of a filter.']],
    ['[{"device": "v", "filter": "f", "nic": 1}]', ['1:2 Entry 1 is not a binding: unknown: nic.']],
    [
      '[{"device": "v", "filter": "f", "mac": "52:54"},\n {"device": "v", "filter": "f", "parameters": {"I P": "1"}}]',
      [
        '1:2 Entry 1 is not a binding: mac: expected a MAC address such as 52:54:00:12:34:56.',
        expect.stringMatching(/^2:2 Entry 2 is not a binding: parameters\.I P: /),
      ],
    ],
    [
      `[{"device": "v", "filter": "f", "parameters": {"IP": "1' or"}}]`,
      [
        '1:2 Entry 1 is not a binding: parameters.IP: expected a value, or a list of values, of letters, digits and _ . :.',
      ],
    ],
  ])('refuses %s', (text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it('says where the text stops being JSON', () => {
    expect(findings('[\n {"device": }]')).toEqual(['2:13 This is not JSON from here on.']);
    expect(findings('[{"device": "v"')).toEqual(['1:16 The JSON ends too early.']);
  });
});
