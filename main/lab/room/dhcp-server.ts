import { spawn } from 'node:child_process';
import { LabError } from '../failure.ts';
import { tools } from '../run-tool.ts';
import { addresses } from './addresses.ts';

const { bridge, leases } = addresses;

const args = [
  '--conf-file=/dev/null',
  '--keep-in-foreground',
  '--log-facility=-',
  '--pid-file=',
  // In a user namespace there is nobody else to become.
  '--user=',
  '--group=',
  '--port=0',
  '--no-resolv',
  '--no-hosts',
  `--interface=${bridge}`,
  '--bind-interfaces',
  `--dhcp-range=${leases.first},${leases.last},255.255.255.0,1h`,
  '--dhcp-authoritative',
  '--leasefile-ro',
  '--no-ping',
];

/** Starts the bridge's rightful DHCP server, and returns when it listens. */
export function startDhcpServer(): Promise<void> {
  const child = spawn(tools.dnsmasq, args, { stdio: ['ignore', 'ignore', 'pipe'], shell: false });
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = (detail: string) => {
      const command = [tools.dnsmasq, ...args].join(' ');
      reject(new LabError({ kind: 'tool-failed', doing: 'Starting the DHCP server', command, detail }));
    };
    child.on('error', ({ message }) => fail(message));
    child.on('exit', () => fail(log.trim()));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      // It logs its version once its sockets are open and before it serves.
      if (log.includes('started')) resolve();
    });
  });
}
