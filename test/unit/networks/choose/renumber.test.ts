import { expect, test } from 'vitest';
import { renumber } from '../../../../main/networks/choose/renumber.ts';
import { parseNetwork } from '../../../../main/networks/parse/parse-network.ts';
import { printNetwork } from '../../../../main/networks/print/print-network.ts';
import { parseSubnet } from '../../../../shared/net/subnet.ts';
import { guestwardNamespace } from '../../../../shared/network/network-document.ts';

const text = (net: string) => `<network>
  <name>lab</name>
  <metadata><guestward:settings xmlns:guestward='${guestwardNamespace}'>
    <guestward:forwards><guestward:forward protocol='tcp' port='8080' to='80' address='${net}.7'/></guestward:forwards>
  </guestward:settings></metadata>
  <forward mode='nat'/>
  <bridge name='br-lab'/>
  <dns><forwarder addr='9.9.9.9'/><host ip='${net}.9'><hostname>files</hostname></host></dns>
  <ip address='${net}.1' prefix='24'>
    <dhcp>
      <range start='${net}.100' end='${net}.254'/>
      <host mac='52:54:00:00:00:01' ip='${net}.7'/>
    </dhcp>
  </ip>
  <ip family='ipv6' address='fd00:1::1' prefix='64'/>
  <route address='10.99.0.0' prefix='16' gateway='${net}.2'/>
</network>`;

function read(net: string) {
  const parsed = parseNetwork(text(net), 'test.xml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.value;
}

function to(subnet: string) {
  const parsed = parseSubnet(subnet);
  if (parsed === undefined) throw new Error(`${subnet} is no subnet.`);
  return renumber(read('10.5.5'), parsed);
}

test('everything that speaks of the old subnet speaks of the new one, and nothing else changes', () => {
  const moved = to('172.16.9.0/24');
  expect(moved && printNetwork(moved.document)).toBe(printNetwork(read('172.16.9')));
});

test('what others have written down moves along', () => {
  const moved = to('172.16.9.0/24');
  expect(['10.5.5.7', '10.5.6.7', 'fd00:1::7', 'any'].map((each) => moved?.move(each))).toEqual([
    '172.16.9.7',
    '10.5.6.7',
    'fd00:1::7',
    'any',
  ]);
});

test.each([
  ['a wider subnet has room', '10.64.0.0/16', true],
  ['a narrower one has none', '10.64.0.0/25', false],
])('%s', (_, subnet, fits) => {
  expect(to(subnet) !== undefined).toBe(fits);
});

test('the other family moves by itself', () => {
  const moved = to('fd00:2::/64')?.document.ips.map(({ address }) => address);
  expect(moved).toEqual(['10.5.5.1', 'fd00:2::1']);
});
