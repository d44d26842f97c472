import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { NetworkNamespace } from '../../rig/network-namespace.ts';

export interface Question {
  readonly id: number;
  readonly by: 'tcp' | 'udp' | 'ping';
  readonly to: string;
  readonly port: number;
  /** The asker's own address; the kernel's choice where it is left out. */
  readonly source?: string;
}

/** A machine in a network namespace; every one of them answers on the ports 7000 and 53, TCP and UDP. */
export interface Station {
  /** `ADDRESS PORT` of the asker as the other side sees it; `pong`, `refused` where somebody said no, `silence` where nobody answered. */
  ask(by: Question['by'], to: string, options?: { readonly port?: number; readonly source?: string }): Promise<string>;
  close(): void;
}

const program = fileURLToPath(new URL('station-process.ts', import.meta.url));

export async function startStation(namespace: NetworkNamespace): Promise<Station> {
  const child = namespace.run(() => spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] }));
  const waiting = new Map<number, (answer: string) => void>();
  const answered = (id: number) => new Promise<string>((resolve) => waiting.set(id, resolve));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, answer }: { id: number; answer: string } = JSON.parse(line);
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  let last = 0;
  await answered(0);
  return {
    ask(by, to, { port = 7000, source } = {}) {
      const question: Question = { id: ++last, by, to, port, ...(source === undefined ? {} : { source }) };
      const answer = answered(question.id);
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return answer;
    },
    close() {
      child.stdin.end();
    },
  };
}
