import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createNetworkNamespace, type NetworkNamespace } from '../../kernel/rig/network-namespace.ts';
import { runTool } from '../../kernel/rig/run-tool.ts';
import type { MachineMethods } from './machine-process.ts';

/** A guest, or a machine of the LAN, in a network namespace of its own. */
export interface Machine extends MachineMethods {
  readonly namespace: NetworkNamespace;
  ip(...args: readonly string[]): void;
  /** Plugs a veth into it as eth0; `device` is the other end, in the host's namespace. */
  plugIn(host: NetworkNamespace, device: string, mac: string): void;
  close(): void;
}

const program = fileURLToPath(new URL('machine-process.ts', import.meta.url));

/** Starts a machine; its process is there when the first question comes, so that no figure holds the start of Node. */
export function startMachine(): Machine {
  const namespace = createNetworkNamespace();
  const child = namespace.run(() =>
    spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'], shell: false }),
  );
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const remote =
    <M extends keyof MachineMethods>(method: M) =>
    async (...args: Parameters<MachineMethods[M]>) => {
      child.stdin.write(`${JSON.stringify({ method, args })}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`the machine ended before it answered to ${method}`);
      const answer = JSON.parse(value);
      if (answer.error !== undefined) throw new Error(`${method}: ${answer.error}`);
      return answer.value;
    };
  const ip = (...args: readonly string[]): void => {
    runTool('/usr/bin/nsenter', [`--net=${namespace.path}`, '/usr/sbin/ip', ...args]);
  };
  ip('link', 'set', 'dev', 'lo', 'up');
  return {
    namespace,
    ip,
    serve: remote('serve'),
    lease: remote('lease'),
    firstAnswer: remote('firstAnswer'),
    stream: remote('stream'),
    plugIn(host, device, mac) {
      const peer = ['peer', 'name', 'eth0', 'address', mac, 'netns', String(child.pid)];
      host.run(() => runTool('/usr/sbin/ip', ['link', 'add', 'name', device, 'type', 'veth', ...peer]));
      ip('link', 'set', 'dev', 'eth0', 'up');
    },
    close() {
      child.stdin.end();
      namespace.close();
    },
  };
}
