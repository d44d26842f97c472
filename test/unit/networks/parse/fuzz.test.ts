import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../../main/networks/parse/parse-network.ts';
import { printNetwork } from '../../../../main/networks/print/print-network.ts';
import { updateCommands } from '../../../../main/networks/update/network-update.ts';
import { updateNetwork } from '../../../../main/networks/update/update-network.ts';
import { formatDiagnostic } from '../../../../shared/format-diagnostic.ts';
import { withoutSpans } from '../../compiler/parse/without-spans.ts';
import { arbitraryNetwork } from '../print/arbitrary-network.ts';

/** Reads the text, and writes all that comes of it: a place outside of the text would show here, and a network that is not what was read. */
function readAndShow(text: string): void {
  const result = parseNetwork(text, 'n.xml');
  const findings = result.ok ? result.warnings : result.diagnostics;
  if (!result.ok) expect(findings.some((finding) => finding.severity === 'error')).toBe(true);
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  for (const finding of findings) {
    expect(finding.span.column).toBeLessThanOrEqual((lines[finding.span.line - 1] ?? '').length + 1);
    formatDiagnostic(finding, text);
  }
  if (!result.ok) return;
  const again = parseNetwork(printNetwork(result.value), 'n.xml');
  expect(again.ok && withoutSpans(again.value)).toEqual(withoutSpans(result.value));
}

const words = fc.constantFrom(
  "<ip address='10.0.0.1'",
  "prefix='24'",
  "netmask='255.255.255.0'",
  "family='ipv6'",
  '<dhcp>',
  '</dhcp>',
  "<range start='10.0.0.2' end='10.0.0.9'/>",
  "<host name='a' ip='10.0.0.2'/>",
  "<route address='0.0.0.0' gateway='10.0.0.2'/>",
  "<forward mode='open'/>",
  '<metadata>',
  "<a:b xmlns:a='u'>",
  "xmlns:guestward='https://guestward.org/xmlns/network/1.0'",
  '<guestward:lan/>',
  '<guestward:openings>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '</',
  '/>',
  '>',
  "'",
  '\r\n',
  '&#10;',
  '0',
  '-',
  '::',
  '/',
  '%d',
);

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const mutate = (text: string, edits: readonly Edit[]): string =>
  edits.reduce((current, { at, remove, insert }) => {
    const offset = at % (current.length + 1);
    return current.slice(0, offset) + insert + current.slice(offset + remove);
  }, text);

const edits = fc.array(
  fc.record({
    at: fc.nat(100_000),
    remove: fc.nat(8),
    insert: fc.oneof(fc.constant(''), words, fc.string({ unit: 'binary', maxLength: 3 })),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('the reader of networks', { timeout: 60_000 }, () => {
  it('never throws at what is nearly a network', () => {
    const content = fc
      .array(words, { maxLength: 12 })
      .map((parts) => `<network><name>n</name>${parts.join(' ')}</network>`);
    fc.assert(fc.property(content, readAndShow), { numRuns: 500 });
  });

  it('never throws at damaged networks, and reads what it can as it writes it', () => {
    fc.assert(
      fc.property(arbitraryNetwork.map(printNetwork), edits, (whole, damage) => readAndShow(mutate(whole, damage))),
      { numRuns: 500 },
    );
  });

  it('never throws at an update, and makes nothing of it that it would not read', () => {
    const section = fc.constantFrom(
      'ip-dhcp-host',
      'ip-dhcp-range',
      'forward-interface',
      'portgroup',
      'dns-host',
      'dns-txt',
      'dns-srv',
    );
    const text = fc.constantFrom(
      "<host mac='00:00:00:00:00:02' ip='10.0.0.2'/>",
      "<host name='h2.example' ip='10.0.0.3'/>",
      "<host id='00:02' ip='fd00::2'/>",
      "<range start='10.0.0.100' end='10.0.0.110'/>",
      "<host ip='10.0.0.3'><hostname>a</hostname></host>",
      "<txt name='a' value='b'/>",
      "<srv service='a' protocol='tcp'/>",
      "<portgroup name='a' default='yes'/>",
      "<interface dev='eth0'/>",
    );
    const update = fc.record({
      command: fc.constantFrom(...updateCommands),
      section,
      text,
      file: fc.constant('u.xml'),
      parentIndex: fc.integer({ min: -1, max: 2 }),
    });
    fc.assert(
      fc.property(arbitraryNetwork, update, (document, given) => {
        const updated = updateNetwork(document, given);
        if (!updated.ok) return;
        const again = parseNetwork(printNetwork(updated.value), 'n.xml');
        expect(again.ok && withoutSpans(again.value)).toEqual(withoutSpans(updated.value));
      }),
      { numRuns: 1000 },
    );
  });
});
