import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../../main/networks/parse/parse-network.ts';
import { printNetwork } from '../../../../main/networks/print/print-network.ts';
import type { NetworkUpdate } from '../../../../main/networks/update/network-update.ts';
import { updateNetwork } from '../../../../main/networks/update/update-network.ts';
import type { NetworkDocument } from '../../../../shared/network/network-document.ts';

const whole = `<network>
  <name>u</name>
  <forward mode='nat'/>
  <dns>
    <txt name='t' value='1'/>
    <srv service='s' protocol='tcp' target='x'/>
    <srv service='s' protocol='tcp' target='y'/>
    <host ip='192.168.50.2'>
      <hostname>a</hostname>
    </host>
    <host ip='192.168.50.3'>
      <hostname>b</hostname>
    </host>
  </dns>
  <ip address='10.0.0.1' prefix='24'/>
  <ip address='192.168.50.1' netmask='255.255.255.0'>
    <dhcp>
      <range start='192.168.50.100' end='192.168.50.200'/>
      <host mac='52:54:00:00:00:01' name='h1' ip='192.168.50.5'/>
      <host mac='52:54:00:00:00:02' name='h2' ip='192.168.50.6'/>
    </dhcp>
  </ip>
  <ip family='ipv6' address='fd00::1' prefix='64'/>
  <portgroup name='p' default='yes'/>
</network>`;

function read(text: string): NetworkDocument {
  const result = parseNetwork(text, 'n.xml');
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}

const document = read(whole);
const lines = (of: NetworkDocument): readonly string[] =>
  printNetwork(of)
    .split('\n')
    .map((line) => line.trim());

/** The lines that the update takes away and puts there, or the codes of what is in the way. */
function update(command: NetworkUpdate['command'], section: string, text: string, parentIndex = -1, of = document) {
  const result = updateNetwork(of, { command, section, text, file: 'update.xml', parentIndex });
  if (!result.ok) return result.diagnostics.map(({ code }) => code);
  const [before, after] = [lines(of), lines(result.value)];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

const h1 = "<host mac='52:54:00:00:00:01' name='h1' ip='192.168.50.5'/>";
const h9 = "<host mac='52:54:00:00:00:09' name='h9' ip='192.168.50.9'/>";

describe('updateNetwork', () => {
  it.each<[string, Parameters<typeof update>, readonly string[]]>([
    ['adds a host', ['add-last', 'ip-dhcp-host', h9], [`+ ${h9}`]],
    [
      'adds no host of a MAC address that is there',
      ['add-last', 'ip-dhcp-host', h9.replace('09', '01')],
      ['already-there'],
    ],
    ['adds no host of a name that is there', ['add-last', 'ip-dhcp-host', h9.replace('h9', 'h1')], ['already-there']],
    [
      'adds no host of an address that is there',
      ['add-last', 'ip-dhcp-host', h9.replace('.9', '.5')],
      ['already-there'],
    ],
    ['adds no host of another subnet', ['add-last', 'ip-dhcp-host', h9.replace('50.9', '51.9')], ['outside-subnet']],
    [
      'modifies the host of a MAC address',
      ['modify', 'ip-dhcp-host', h9.replace('09', '01')],
      [`- ${h1}`, `+ ${h9.replace('09', '01')}`],
    ],
    [
      'modifies the host of a name',
      ['modify', 'ip-dhcp-host', h9.replace('h9', 'h1')],
      [`- ${h1}`, `+ ${h9.replace('h9', 'h1')}`],
    ],
    [
      'modifies the host of an address',
      ['modify', 'ip-dhcp-host', h9.replace('.9', '.5')],
      [`- ${h1}`, `+ ${h9.replace('.9', '.5')}`],
    ],
    ['modifies no host that is not there', ['modify', 'ip-dhcp-host', h9], ['not-there']],
    ["modifies no host into another's twin", ['modify', 'ip-dhcp-host', h1.replace('h1', 'h2')], ['duplicate-host']],
    ['deletes the host of a MAC address', ['delete', 'ip-dhcp-host', "<host mac='52:54:00:00:00:01'/>"], [`- ${h1}`]],
    ['deletes the host of an address', ['delete', 'ip-dhcp-host', "<host ip='192.168.50.5'/>"], [`- ${h1}`]],
    [
      'deletes no host that is another in part',
      ['delete', 'ip-dhcp-host', "<host name='h1' ip='192.168.50.6'/>"],
      ['not-there'],
    ],
    ['deletes no host that is not told', ['delete', 'ip-dhcp-host', '<host/>'], ['missing-attribute']],
    [
      'adds a host of DHCPv6 where there was none',
      ['add-last', 'ip-dhcp-host', "<host name='h9' ip='fd00::9'/>"],
      ["+ <host name='h9' ip='fd00::9'/>"],
    ],
    [
      'goes by the index of <ip>',
      ['add-last', 'ip-dhcp-host', "<host name='h9' ip='fd00::9'/>", 2],
      ["+ <host name='h9' ip='fd00::9'/>"],
    ],
    [
      'takes no <ip> that the address is not of',
      ['add-last', 'ip-dhcp-host', "<host name='h9' ip='fd00::9'/>", 1],
      ['bad-value'],
    ],
    ['knows when there is no such <ip>', ['add-last', 'ip-dhcp-host', h9, 3], ['not-there']],
    [
      'adds no host of another <ip> than the one with DHCP',
      ['add-last', 'ip-dhcp-host', "<host name='x' ip='10.0.0.9'/>"],
      ['outside-subnet'],
    ],
    [
      'serves DHCP at no second address',
      ['add-last', 'ip-dhcp-host', "<host name='x' ip='10.0.0.9'/>", 0],
      ['second-dhcp'],
    ],
    [
      'adds a range',
      ['add-last', 'ip-dhcp-range', "<range start='192.168.50.20' end='192.168.50.30'/>"],
      ["+ <range start='192.168.50.20' end='192.168.50.30'/>"],
    ],
    [
      'adds no range twice',
      ['add-last', 'ip-dhcp-range', "<range start='192.168.50.100' end='192.168.50.200'/>"],
      ['already-there'],
    ],
    [
      'deletes a range',
      ['delete', 'ip-dhcp-range', "<range start='192.168.50.100' end='192.168.50.200'/>"],
      ["- <range start='192.168.50.100' end='192.168.50.200'/>"],
    ],
    [
      'deletes no part of a range',
      ['delete', 'ip-dhcp-range', "<range start='192.168.50.100' end='192.168.50.199'/>"],
      ['not-there'],
    ],
    [
      'modifies no range',
      ['modify', 'ip-dhcp-range', "<range start='192.168.50.100' end='192.168.50.199'/>"],
      ['unsupported'],
    ],
    [
      'adds a name',
      ['add-last', 'dns-host', "<host ip='192.168.50.4'><hostname>c</hostname></host>"],
      ["+ <host ip='192.168.50.4'>", '+ <hostname>c</hostname>'],
    ],
    [
      'adds no name of an address that has one',
      ['add-last', 'dns-host', "<host ip='192.168.50.2'><hostname>c</hostname></host>"],
      ['already-there'],
    ],
    [
      'adds no name that is there',
      ['add-last', 'dns-host', "<host ip='192.168.50.4'><hostname>a</hostname></host>"],
      ['already-there'],
    ],
    [
      'deletes the name of an address',
      ['delete', 'dns-host', "<host ip='192.168.50.2'/>"],
      ["- <host ip='192.168.50.2'>", '- <hostname>a</hostname>'],
    ],
    [
      'deletes a name',
      ['delete', 'dns-host', '<host><hostname>a</hostname></host>'],
      ["- <host ip='192.168.50.2'>", '- <hostname>a</hostname>'],
    ],
    [
      'deletes not two names',
      ['delete', 'dns-host', "<host ip='192.168.50.2'><hostname>b</hostname></host>"],
      ['ambiguous'],
    ],
    ['deletes no name that is not there', ['delete', 'dns-host', "<host ip='192.168.50.9'/>"], ['not-there']],
    [
      'modifies no name',
      ['modify', 'dns-host', "<host ip='192.168.50.2'><hostname>c</hostname></host>"],
      ['unsupported'],
    ],
    ['adds a TXT record', ['add-last', 'dns-txt', "<txt name='u' value='2'/>"], ["+ <txt name='u' value='2'/>"]],
    ['adds no TXT record twice', ['add-last', 'dns-txt', "<txt name='t' value='2'/>"], ['already-there']],
    ['deletes a TXT record', ['delete', 'dns-txt', "<txt name='t'/>"], ["- <txt name='t' value='1'/>"]],
    ['deletes no TXT record that is not there', ['delete', 'dns-txt', "<txt name='u'/>"], ['not-there']],
    ['modifies no TXT record', ['modify', 'dns-txt', "<txt name='t' value='2'/>"], ['unsupported']],
    [
      'adds a SRV record',
      ['add-last', 'dns-srv', "<srv service='s' protocol='udp'/>"],
      ["+ <srv service='s' protocol='udp'/>"],
    ],
    [
      'adds no SRV record twice',
      ['add-last', 'dns-srv', "<srv service='s' protocol='tcp' target='x'/>"],
      ['already-there'],
    ],
    [
      'deletes a SRV record',
      ['delete', 'dns-srv', "<srv target='x'/>"],
      ["- <srv service='s' protocol='tcp' target='x'/>"],
    ],
    ['deletes not two SRV records', ['delete', 'dns-srv', "<srv service='s'/>"], ['ambiguous']],
    ['deletes no SRV record that is not there', ['delete', 'dns-srv', "<srv service='z'/>"], ['not-there']],
    ['modifies no SRV record', ['modify', 'dns-srv', "<srv service='s' protocol='tcp'/>"], ['unsupported']],
    ['adds a port group', ['add-last', 'portgroup', "<portgroup name='q'/>"], ["+ <portgroup name='q'>"]],
    ['adds no port group twice', ['add-last', 'portgroup', "<portgroup name='p'/>"], ['already-there']],
    ['adds no second default', ['add-last', 'portgroup', "<portgroup name='q' default='yes'/>"], ['second-default']],
    [
      'modifies a port group',
      ['modify', 'portgroup', "<portgroup name='p'/>"],
      ["- <portgroup name='p' default='yes'>", "+ <portgroup name='p'>"],
    ],
    [
      'deletes a port group',
      ['delete', 'portgroup', "<portgroup name='p'/>"],
      ["- <portgroup name='p' default='yes'>", '- </portgroup>'],
    ],
    ['deletes no port group that is not there', ['delete', 'portgroup', "<portgroup name='q'/>"], ['not-there']],
    ['modifies no port group that is not there', ['modify', 'portgroup', "<portgroup name='q'/>"], ['not-there']],
    [
      'adds the device that packets leave by',
      ['add-last', 'forward-interface', "<interface dev='e0'/>"],
      ["- <forward mode='nat'/>", "+ <forward dev='e0' mode='nat'>", "+ <interface dev='e0'/>", '+ </forward>'],
    ],
    ['deletes no device that is not there', ['delete', 'forward-interface', "<interface dev='e0'/>"], ['not-there']],
    ['modifies no device', ['modify', 'forward-interface', "<interface dev='e0'/>"], ['unsupported']],
    ['leaves the bridge to net-define', ['modify', 'bridge', "<bridge name='x'/>"], ['unsupported']],
    ['knows no other sections', ['modify', 'dns', '<dns/>'], ['unknown-section']],
    ["takes no other section's element", ['add-last', 'ip-dhcp-host', '<range/>'], ['root-element']],
    ['takes no broken XML', ['add-last', 'ip-dhcp-host', '<host'], ['xml-syntax']],
  ])('%s', (_, given, expected) => {
    expect(update(...given)).toEqual(expected);
  });

  it('adds first where it is told to', () => {
    const given = { command: 'add-first', section: 'ip-dhcp-host', text: h9, file: 'u', parentIndex: -1 } as const;
    const result = updateNetwork(document, given);
    expect(result.ok && result.value.ips[1]?.dhcp?.hosts.map(({ name }) => name)).toEqual(['h9', 'h1', 'h2']);
  });

  it('keeps to one device', () => {
    const held = read(whole.replace("<forward mode='nat'/>", "<forward mode='nat' dev='e0'/>"));
    expect(update('add-last', 'forward-interface', "<interface dev='e1'/>", -1, held)).toEqual(['already-there']);
    expect(update('delete', 'forward-interface', "<interface dev='e0'/>", -1, held)).toContain(
      "+ <forward mode='nat'/>",
    );
  });

  it('holds no isolated network to a device', () => {
    const isolated = read(whole.replace("<forward mode='nat'/>", ''));
    expect(update('add-last', 'forward-interface', "<interface dev='e1'/>", -1, isolated)).toEqual(['no-effect']);
  });

  it('says what is in the way, and where', () => {
    const given = { command: 'add-last', section: 'ip-dhcp-host', file: 'u.xml', parentIndex: -1 } as const;
    const result = updateNetwork(document, { ...given, text: h9.replace('h9', 'h1') });
    expect(result.ok ? [] : result.diagnostics).toMatchObject([
      { message: `${h1} is there already.`, span: { file: 'u.xml' }, notes: [{ span: { file: 'n.xml', line: 19 } }] },
    ]);
  });

  it('tells nothing old of the network', () => {
    const old = read(whole.replace("start='192.168.50.100'", "start='192.168.50.1'").replaceAll(/<host mac.*\/>/g, ''));
    const result = updateNetwork(old, {
      command: 'add-last',
      section: 'dns-txt',
      text: "<txt name='n' value=''/>",
      file: 'u',
      parentIndex: -1,
    });
    expect(result).toMatchObject({ ok: true, warnings: [] });
  });
});
