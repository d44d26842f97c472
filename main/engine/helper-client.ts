import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createFrameReader, encodeFrame } from '../../shared/plan/frames.ts';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import type {
  HelperMessage,
  HelperMethod,
  HelperReading,
  HelperReply,
  HelperResults,
} from '../../shared/plan/helper-protocol.ts';
import type { Note } from '../../shared/plan/journal-entry.ts';
import { maxReplyBytes } from '../../shared/plan/limits.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { findHelper, type HelperCommand, type HelperOptions, type StartFailure } from './find-helper.ts';

/** Why the helper did not do its work: it was not to be had, or it refused. */
export type ClientFailure = HelperFailure | StartFailure;

/** Unless the change is confirmed within so many seconds, `reverse`, which leads back, is carried out. */
export interface Confirm {
  readonly seconds: number;
  readonly reverse: Plan;
}

/** A helper that is running. One request at a time is carried out; others wait their turn. */
export interface HelperSession {
  read(): Promise<Outcome<HelperReading, ClientFailure>>;
  /** Checks a plan down to the kernel and returns its nft text; nothing is changed. */
  check(plan: Plan): Promise<Outcome<HelperResults['check'], ClientFailure>>;
  /** note: what the journal calls it. */
  apply(plan: Plan, note?: Note, confirm?: Confirm): Promise<Outcome<HelperResults['apply'], ClientFailure>>;
  /** Keeps the change that waits. */
  confirm(): Promise<Outcome<HelperResults['confirm'], ClientFailure>>;
  /** Newest first, from before the entry `before`. */
  journal(before: number | undefined, limit: number): Promise<Outcome<HelperResults['journal'], ClientFailure>>;
  restore(): Promise<Outcome<HelperResults['restore'], ClientFailure>>;
  counters(): Promise<Outcome<HelperResults['counters'], ClientFailure>>;
  networkStates(): Promise<Outcome<HelperResults['network-states'], ClientFailure>>;
  /** Tells of dropped packets until `leaveDrops`, as bytes of a pcap stream; `ended`, with a reason, where that ends by itself. */
  followDrops(
    take: (pcap: Uint8Array) => void,
    ended: (message: string) => void,
  ): Promise<Outcome<HelperResults['follow-drops'], ClientFailure>>;
  leaveDrops(): Promise<Outcome<HelperResults['follow-drops'], ClientFailure>>;
  inspect(): Promise<Outcome<HelperResults['inspect'], ClientFailure>>;
  /** Lets the helper end when it has finished what it is doing. */
  close(): Promise<void>;
}

/** Starts the helper; asking for the password, where one is needed, happens now. */
export async function openHelper(options: HelperOptions = {}): Promise<Outcome<HelperSession, ClientFailure>> {
  const command = findHelper(options);
  if (!command.ok) return command;
  return succeed(connectHelper(command.value));
}

type Waiting = (outcome: Outcome<HelperResults[HelperMethod], ClientFailure>) => void;

/** Starts a helper by its command line. */
export function connectHelper(command: HelperCommand): HelperSession {
  const child = spawn(command.program, command.args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: command.env,
    shell: false,
  }) as ChildProcessWithoutNullStreams;
  const waiting = new Map<number, Waiting>();
  const reader = createFrameReader(maxReplyBytes);
  let nextId = 1;
  let ended: StartFailure | undefined;
  let lastWords = '';
  let isCounting = false;
  let drops:
    | {
        readonly request: number;
        readonly take: (pcap: Uint8Array) => void;
        readonly ended: (message: string) => void;
      }
    | undefined;

  const ending = new Promise<void>((resolve) => {
    const end = (failure: StartFailure) => {
      ended ??= failure;
      for (const answer of waiting.values()) answer(fail(ended));
      waiting.clear();
      leave('the helper has ended');
      resolve();
    };
    child.once('error', (error) => end({ kind: 'helper-missing', path: command.program, message: error.message }));
    child.once('close', (status) => end(command.explainExit(status, lastWords.trim())));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2000);
  });
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (chunk: Buffer) => {
    for (const frame of reader.push(chunk) ?? []) hear(JSON.parse(new TextDecoder().decode(frame)) as HelperMessage);
  });

  function hear(message: HelperMessage): void {
    if (!('notice' in message)) settle(message);
    // What was on its way when they were left is nobody's.
    else if (message.request !== drops?.request) return;
    else if (message.notice === 'drops') drops.take(Buffer.from(message.pcap, 'base64'));
    else leave(message.message);
  }

  function leave(message: string): void {
    const left = drops;
    drops = undefined;
    left?.ended(message);
  }

  function settle(reply: HelperReply): void {
    // A reply without a number is to a request that could not be read; only one is ever under way then.
    const id = reply.id ?? waiting.keys().next().value;
    const answer = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || answer === undefined) return;
    waiting.delete(id);
    answer(reply.ok ? succeed(reply.result) : fail(reply.failure));
  }

  function ask<M extends HelperMethod>(method: M, params: object): Promise<Outcome<HelperResults[M], ClientFailure>> {
    if (ended !== undefined) return Promise.resolve(fail(ended));
    const id = nextId;
    nextId += 1;
    return new Promise((resolve) => {
      waiting.set(id, resolve as Waiting);
      child.stdin.write(encodeFrame(JSON.stringify({ id, method, params })));
    });
  }

  return {
    read: () => ask('read', {}),
    check: (plan) => ask('check', { plan }),
    async apply(plan, note, confirm) {
      const applied = await ask('apply', { plan, note, confirm });
      if (applied.ok && applied.value.confirmBefore !== undefined) isCounting = true;
      return applied;
    },
    async confirm() {
      const confirmed = await ask('confirm', {});
      if (confirmed.ok) isCounting = false;
      return confirmed;
    },
    journal: (before, limit) => ask('journal', { before, limit }),
    restore: () => ask('restore', {}),
    counters: () => ask('counters', {}),
    networkStates: () => ask('network-states', {}),
    async followDrops(take, ended) {
      // The first bytes may come with the answer.
      const request = nextId;
      drops = { request, take, ended };
      const following = await ask('follow-drops', { on: true });
      if (!following.ok && drops?.request === request) drops = undefined;
      return following;
    },
    leaveDrops() {
      drops = undefined;
      return ask('follow-drops', { on: false });
    },
    inspect: () => ask('inspect', {}),
    close() {
      child.stdin.end();
      if (!isCounting) return ending;
      // It stays to take a change back that nobody confirms, and nobody needs to wait for that.
      child.unref();
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      return Promise.resolve();
    },
  };
}
