import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { LabError } from '../failure.ts';
import { ownCommandLine, roleVariable } from '../role.ts';
import { runTool, tools } from '../run-tool.ts';
import type { Answer, Question } from './guest-process.ts';
import type { Station } from './station.ts';

/** A machine of the lab in a network namespace of its own, as the room holds it. */
export interface Guest extends Station {
  readonly name: string;
  /** Its process number in the room. */
  readonly pid: number;
  /** Its process number as the host sees it. */
  readonly hostPid: number;
  /** Runs ip(8) in it, with one command a line. */
  ip(...commands: readonly string[]): Promise<void>;
  /** What `ip -json ...` prints in it. */
  ipJson(...args: readonly string[]): Promise<string>;
}

/** Starts a guest: a process that plays it, in a fresh network namespace. */
export async function startGuest(name: string): Promise<Guest> {
  const [program, ...args] = ownCommandLine();
  const child = spawn(tools.unshare, ['--net', program, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, [roleVariable]: 'guest' },
    shell: false,
  });
  const waiting = new Map<number, { take(answer: Answer): void; fail(error: Error): void }>();
  let lost: LabError | undefined;
  const lose = (detail: string) => {
    lost = new LabError({ kind: 'guest-lost', guest: name, detail });
    for (const { fail } of waiting.values()) fail(lost);
  };
  child.on('error', ({ message }) => lose(message));
  child.on('exit', (code, signal) => lose(`its process ended with ${signal ?? code}`));
  child.stdin.on('error', ({ message }) => lose(message));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer: Answer = JSON.parse(line);
    waiting.get(answer.id)?.take(answer);
    waiting.delete(answer.id);
  });

  const expect = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (lost) reject(lost);
      waiting.set(id, {
        take: ({ value, error }) => (error === undefined ? resolve(value) : lose(error)),
        fail: reject,
      });
    });
  let lastId = 0;
  const ask = (method: keyof Station, args: readonly unknown[]): Promise<unknown> => {
    const question: Question = { id: ++lastId, method, args };
    const answered = expect(question.id);
    child.stdin.write(`${JSON.stringify(question)}\n`);
    return answered;
  };
  // What the other end returns is what Station promises: it is this same program.
  const remote = <M extends keyof Station>(method: M): Station[M] =>
    ((...args: readonly unknown[]) => ask(method, args)) as unknown as Station[M];

  const hostPid = Number(await expect(0));
  const pid = child.pid ?? 0;
  return {
    name,
    pid,
    hostPid,
    call: remote('call'),
    send: remote('send'),
    receive: remote('receive'),
    offerByDhcp: remote('offerByDhcp'),
    offerNothing: remote('offerNothing'),
    askDhcp: remote('askDhcp'),
    leaseAddress: remote('leaseAddress'),
    lookUp: remote('lookUp'),
    close: remote('close'),
    async ip(...commands) {
      await runTool(tools.nsenter, [`--net=/proc/${pid}/ns/net`, tools.ip, '-batch', '-'], {
        doing: `Setting up ${name}`,
        input: `${commands.join('\n')}\n`,
      });
    },
    ipJson: (...args) =>
      runTool(tools.nsenter, [`--net=/proc/${pid}/ns/net`, tools.ip, '-json', ...args], {
        doing: `Looking at ${name}`,
      }),
  };
}
