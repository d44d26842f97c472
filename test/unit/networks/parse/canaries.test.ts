import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../../main/networks/parse/parse-network.ts';
import { printNetwork } from '../../../../main/networks/print/print-network.ts';

/** What would be a line, a comment, an option or a path of its own where a value is written without care. */
const canaries = [
  'x&#10;conf-file=/tmp/canary',
  'x&#13;canary',
  'x&#9;canary',
  'x canary',
  '#canary',
  'x#canary',
  '--canary',
  '-canary',
  'x,canary',
  'x&quot;canary',
  'x&apos;canary',
  'x;canary',
  '$(canary)',
  '`canary`',
  'x|canary',
  'x\\canary',
  '../canary',
  '/canary/../x',
  'x%canary',
  '{canary}',
  'x=canary',
  'canary\u00a0x',
  '\u202ecanary',
  '\u00e9canary',
];

const settings = (content: string) =>
  `<metadata><g:settings xmlns:g='https://guestward.org/xmlns/network/1.0'>${content}</g:settings></metadata>`;
const ip = (content: string, attributes = '') => `<ip address='192.168.50.1' prefix='24'${attributes}>${content}</ip>`;
const dhcp = (content: string) => ip(`<dhcp>${content}</dhcp>`);
const forward = (attribute: string) => (canary: string) =>
  settings(`<g:forwards><g:forward protocol='tcp' port='1' ${attribute}='${canary}'/></g:forwards>`);

/** Every field that ends in a file, an argument or a rule. Each takes none of the canaries, but those that are listed with it. */
const fields: Readonly<Record<string, { write: (canary: string) => string; takes?: readonly string[] }>> = {
  'bridge name': { write: (canary) => `<bridge name='${canary}'/>` },
  'bridge zone': { write: (canary) => `<bridge zone='${canary}'/>`, takes: ['--canary', '-canary'] },
  'bridge delay': { write: (canary) => `<bridge delay='${canary}'/>` },
  'forward dev': { write: (canary) => `<forward dev='${canary}'/>${ip('')}` },
  'forward interface': { write: (canary) => `<forward><interface dev='${canary}'/></forward>${ip('')}` },
  'nat address': {
    write: (canary) => `<forward><nat><address start='${canary}' end='1.1.1.1'/></nat></forward>${ip('')}`,
  },
  'nat port': { write: (canary) => `<forward><nat><port start='${canary}' end='9'/></nat></forward>${ip('')}` },
  mtu: { write: (canary) => `<mtu size='${canary}'/>` },
  mac: { write: (canary) => `<mac address='${canary}'/>` },
  domain: { write: (canary) => `<domain name='${canary}'/>` },
  'forwarder addr': { write: (canary) => `<dns><forwarder addr='${canary}'/></dns>` },
  'forwarder domain': { write: (canary) => `<dns><forwarder domain='${canary}'/></dns>` },
  'dns host ip': { write: (canary) => `<dns><host ip='${canary}'><hostname>a</hostname></host></dns>` },
  hostname: { write: (canary) => `<dns><host ip='1.1.1.1'><hostname>${canary}</hostname></host></dns>` },
  'txt name': { write: (canary) => `<dns><txt name='${canary}' value=''/></dns>` },
  'txt value': {
    write: (canary) => `<dns><txt name='a' value='${canary}'/></dns>`,
    // dnsmasq's configuration has it in quotes, and a comma between two of them.
    takes: [
      'x canary',
      '#canary',
      'x#canary',
      '--canary',
      '-canary',
      'x,canary',
      'x&apos;canary',
      'x;canary',
      '$(canary)',
      '`canary`',
      'x|canary',
      'x\\canary',
      '../canary',
      '/canary/../x',
      'x%canary',
      '{canary}',
      'x=canary',
    ],
  },
  'srv service': {
    write: (canary) => `<dns><srv service='${canary}' protocol='tcp'/></dns>`,
    takes: ['--canary', '-canary'],
  },
  'srv domain': { write: (canary) => `<dns><srv service='a' protocol='tcp' domain='${canary}'/></dns>` },
  'srv target': { write: (canary) => `<dns><srv service='a' protocol='tcp' target='${canary}'/></dns>` },
  'ip address': { write: (canary) => `<ip address='${canary}' prefix='24'/>` },
  'ip netmask': { write: (canary) => `<ip address='192.168.50.1' netmask='${canary}'/>` },
  'tftp root': { write: (canary) => ip(`<tftp root='${canary}'/>`), takes: ['/canary/../x'] },
  'range start': { write: (canary) => dhcp(`<range start='${canary}' end='192.168.50.9'/>`) },
  'host name': { write: (canary) => dhcp(`<host name='${canary}' ip='192.168.50.9'/>`) },
  'host mac': { write: (canary) => dhcp(`<host mac='${canary}' ip='192.168.50.9'/>`) },
  'host ip': { write: (canary) => dhcp(`<host name='a' ip='${canary}'/>`) },
  'host id': {
    write: (canary) => `<ip family='ipv6' address='fd00::1'><dhcp><host id='${canary}' ip='fd00::2'/></dhcp></ip>`,
  },
  lease: { write: (canary) => dhcp(`<host name='a' ip='192.168.50.9'><lease expiry='${canary}'/></host>`) },
  'bootp file': {
    write: (canary) => dhcp(`<bootp file='${canary}'/>`),
    takes: ['--canary', '-canary', '../canary', '/canary/../x'],
  },
  'bootp server': { write: (canary) => dhcp(`<bootp file='a' server='${canary}'/>`) },
  'route address': { write: (canary) => `${ip('')}<route address='${canary}' prefix='24' gateway='192.168.50.2'/>` },
  'route gateway': { write: (canary) => `${ip('')}<route address='10.0.0.0' prefix='24' gateway='${canary}'/>` },
  'route metric': {
    write: (canary) => `${ip('')}<route address='10.0.0.0' prefix='24' gateway='192.168.50.2' metric='${canary}'/>`,
  },
  rate: { write: (canary) => `<bandwidth><inbound average='${canary}'/></bandwidth>` },
  'forward port': {
    write: (canary) => settings(`<g:forwards><g:forward protocol='tcp' port='${canary}' guest='a'/></g:forwards>`),
  },
  'forward guest': { write: forward('guest') },
  'forward mac': { write: forward('mac') },
  'forward address': { write: forward('address') },
  'forward expires': { write: (canary) => forward(`guest='a' expires`)(canary) },
  'opening port': {
    write: (canary) => settings(`<g:openings><g:opening protocol='tcp' port='${canary}'/></g:openings>`),
  },
  'opening service': { write: (canary) => settings(`<g:openings><g:opening service='${canary}'/></g:openings>`) },
  'lan dev': { write: (canary) => settings(`<g:lan dev='${canary}'/>`) },
};

const read = (content: string) => parseNetwork(`<network><name>n</name>${content}</network>`, 'n.xml');

describe('a value', () => {
  it.each(Object.entries(fields))('of %s cannot be more than one', (_, { write, takes = [] }) => {
    const taken = canaries.filter((canary) => read(write(canary)).ok);
    expect(taken).toEqual(takes);
  });

  it.each(Object.entries(fields))('of %s is refused where it stands', (_, { write }) => {
    const result = read(write('x&#10;canary'));
    const found = result.ok ? [] : result.diagnostics.map((diagnostic) => diagnostic.found);
    expect(found).toContain('x\ncanary');
  });

  it.each(['name', 'title', 'description', 'portgroup'])('of %s is a value again when it is written', (field) => {
    const given = '</x> <forward mode="open"/>';
    const escaped = given.replaceAll('<', '&lt;');
    const content = {
      name: escaped.replaceAll('/', ''),
      title: escaped,
      description: escaped,
      portgroup: escaped.replaceAll('/', '').replaceAll('"', '&quot;'),
    }[field];
    const inside = field === 'portgroup' ? `<portgroup name="${content}"/>` : `<${field}>${content}</${field}>`;
    const name = field === 'name' ? '' : '<name>n</name>';
    const result = parseNetwork(`<network>${name}${inside}</network>`, 'n.xml');
    if (!result.ok) throw new Error(result.diagnostics[0]?.message);
    const text = printNetwork(result.value);
    expect(text).not.toContain('<forward');
    expect(parseNetwork(text, 'n.xml').ok).toBe(true);
  });
});

describe('an option for dnsmasq', () => {
  it.each(['a=b&#10;c', '#a', ' a', '-a', '--a=b', 'A=b', 'a b', 'a=\u00e9', ''])(
    'is one line and no more: %j',
    (value) => {
      const options = `<d:options xmlns:d='http://libvirt.org/schemas/network/dnsmasq/1.0'><d:option value='${value}'/></d:options>`;
      expect(read(options).ok).toBe(false);
    },
  );
});
