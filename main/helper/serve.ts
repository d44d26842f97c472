import { createFrameReader, encodeFrame } from '../../shared/plan/frames.ts';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import {
  type HelperMethod,
  type HelperReply,
  type HelperRequest,
  type HelperResults,
  helperRequestSchema,
} from '../../shared/plan/helper-protocol.ts';
import { maxDepth, maxFrameBytes } from '../../shared/plan/limits.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { parseJson } from '../../shared/plan/parse-json.ts';
import { audit, log } from './audit.ts';
import type { Start } from './caller.ts';
import { createCountdown } from './confirmation/countdown.ts';
import { takeBackDue } from './confirmation/take-back.ts';
import { mayWait, readWaiting } from './confirmation/waiting-change.ts';
import { createDropFollower, type DropFollower } from './drops/follow-drops.ts';
import { handleRequest, isAllowed } from './handle-request.ts';
import { hashPlan } from './marker.ts';
import type { Places } from './places.ts';
import { rehearse } from './rehearse.ts';
import { isErrno } from './root-file.ts';
import type { Step } from './step.ts';
import { tidyUp } from './tidy-up.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/**
 * The lock, and with it an nft that has been started ahead of need, is kept this long after a request for the next one: a session plans between
 * reading and applying, and with a thousand NICs that alone takes most of a second.
 */
const idleMilliseconds = 2000;

/** A session that has read is about to apply. One that has applied mostly ends: nothing is started for it unless it stays. */
const stayingMilliseconds = 100;

export interface Streams {
  readonly input: AsyncIterable<Uint8Array>;
  /** false: nobody has read the last of it yet. */
  write(bytes: Uint8Array): boolean;
  /** Calls once all that was written has been read. */
  onceRead(then: () => void): void;
}

/** Answers requests one after the other until the input ends, or until a frame is too long to find the next one. */
export async function serve(streams: Streams, places: Places, start: Start, step: Step): Promise<void> {
  const visit = createVisit(places, start, step);
  const reader = createFrameReader(maxFrameBytes);
  const countdown = createCountdown();
  let turn: Promise<unknown> = Promise.resolve();
  /** Requests and the end of a countdown take turns. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  };
  const drops = createDropFollower({
    tell: (notice) => streams.write(encodeFrame(JSON.stringify(notice))),
    onceRead: streams.onceRead,
  });
  const isWaiting = () => inTurn(() => lookAtWaiting(visit, places));
  for await (const chunk of streams.input) {
    const frames = reader.push(chunk);
    if (frames === undefined) {
      const failure = {
        kind: 'bad-request',
        path: '',
        message: `a frame is longer than ${maxFrameBytes} bytes`,
      } as const;
      reply(streams, { id: null, ok: false, failure });
      break;
    }
    for (const frame of frames) {
      const message = await inTurn(() => answer(frame, { visit, drops }, start));
      reply(streams, message);
      if (message.ok && 'confirmBefore' in message.result && message.result.confirmBefore !== undefined)
        countdown.begin(message.result.confirmBefore, () => mayWait(places.state), isWaiting);
      visit.idle(message.ok && 'snapshot' in message.result, message.ok && 'rules' in message.result);
    }
  }
  drops.leave();
  await inTurn(() => visit.end());
  await countdown.over();
}

/** Takes back what was not confirmed in time; whether something still waits, or is not known for somebody else is at work. */
async function lookAtWaiting(visit: Visit, places: Places): Promise<boolean> {
  try {
    // Whoever begins a visit takes back what is due.
    const space = await visit.begin();
    return !space.ok || readWaiting(places.state, space.value.store) !== undefined;
  } catch (error) {
    log('error', String(error));
    return true;
  } finally {
    await visit.end();
  }
}

/** Who asks for counters is no more about to change something: others, the keeper among them, shall have the lock. */
const watchingMilliseconds = 50;

interface Session {
  readonly visit: Visit;
  readonly drops: DropFollower;
}

async function answer(frame: Uint8Array, session: Session, start: Start): Promise<HelperReply> {
  const { visit } = session;
  const read = readRequest(frame);
  if (!read.ok) {
    write({ uid: start.uid, caller: start.caller, verdict: read.failure.kind }, visit);
    return { id: null, ok: false, failure: read.failure };
  }
  const { id, method, params } = read.value;
  const outcome = await perform(read.value, session, start);
  const plan = 'plan' in params ? { plan: hashPlan(params.plan) } : {};
  const verdict = outcome.ok ? 'done' : outcome.failure.kind;
  write({ uid: start.uid, caller: start.caller, method, ...plan, verdict }, visit);
  return outcome.ok ? { id, ok: true, result: outcome.value } : { id, ok: false, failure: outcome.failure };
}

function write(facts: Parameters<typeof audit>[1], visit: Visit): void {
  try {
    audit(visit.state(), facts);
  } catch (error) {
    log('warning', `requests.log cannot be written: ${String(error)}`);
  }
}

async function perform(
  request: HelperRequest,
  { visit, drops }: Session,
  { caller, uid }: Start,
): Promise<Outcome<HelperResults[HelperMethod], HelperFailure>> {
  if (!isAllowed(caller, request.method)) {
    return fail({ kind: 'not-allowed', method: request.method, caller });
  }
  try {
    // Listening changes nothing and goes on for long: others need the lock meanwhile.
    if (request.method === 'follow-drops') return await (request.params.on ? drops.follow(request.id) : drops.leave());
    const space = await visit.begin();
    return space.ok ? await handleRequest(space.value, request, uid) : space;
  } catch (error) {
    await visit.end();
    return fail(explainError(error));
  }
}

function readRequest(frame: Uint8Array): Outcome<HelperRequest, HelperFailure> {
  const json = parseJson(frame, maxDepth);
  if (json === undefined) {
    return fail({ kind: 'bad-request', path: '', message: `not JSON of at most ${maxDepth} levels` });
  }
  const parsed = helperRequestSchema.safeParse(json.value);
  if (parsed.success) return succeed(parsed.data);
  const [issue] = parsed.error.issues;
  return fail({ kind: 'bad-request', path: issue?.path.join('.') ?? '', message: issue?.message ?? 'not a request' });
}

function explainError(error: unknown): HelperFailure {
  if (isErrno(error) && typeof error.path === 'string') {
    return { kind: 'state-unusable', path: error.path, code: error.code ?? '', message: error.message };
  }
  if (isErrno(error) && ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'].includes(error.code ?? '')) {
    return { kind: 'state-unusable', path: 'the state folder', code: error.code ?? '', message: error.message };
  }
  log('error', error instanceof Error ? (error.stack ?? error.message) : String(error));
  return { kind: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** The stretch of time in which the lock is held. */
interface Visit {
  begin(): Promise<Outcome<Workspace, HelperFailure>>;
  /** Nothing is asked for at the moment; whether it will be in a moment, and whether it is somebody who only looks, again and again. */
  idle(isExpecting: boolean, isWatching: boolean): void;
  /** The state folder, once it was found safe. */
  state(): string | undefined;
  end(): Promise<void>;
}

function createVisit(places: Places, start: Start, step: Step): Visit {
  let space: Workspace | undefined;
  let timer: NodeJS.Timeout | undefined;
  let warmth: NodeJS.Timeout | undefined;
  let known: Workspace['store'] | undefined;
  const stopTimers = () => {
    clearTimeout(timer);
    clearTimeout(warmth);
  };
  const end = async () => {
    stopTimers();
    const leaving = space;
    space = undefined;
    if (leaving === undefined) return;
    await tidyUp(leaving);
    await leaving.close();
  };

  return {
    async begin() {
      stopTimers();
      if (space !== undefined) {
        space.nft.restartClock();
        await takeBackDue(space);
        return succeed(space);
      }
      const opening = openWorkspace(places, start, step, known);
      // flock(1) and nft(8) have been started and are not there yet.
      if (known === undefined) rehearse();
      const opened = await opening;
      if (opened.ok) {
        space = opened.value;
        known = space.store;
        await takeBackDue(space);
      }
      return opened;
    },
    idle(isExpecting, isWatching) {
      // Not every request begins a visit.
      stopTimers();
      if (space === undefined) return;
      if (isWatching) {
        timer = setTimeout(() => void end(), watchingMilliseconds);
        return;
      }
      const { nft, status } = space;
      const warmUp = () => nft.warmUp([status === 'current' ? 'check' : 'alone', 'apply', 'query']);
      if (isExpecting) warmUp();
      else warmth = setTimeout(warmUp, stayingMilliseconds);
      timer = setTimeout(() => void end(), idleMilliseconds);
    },
    state: () => (known === undefined ? undefined : places.state),
    end,
  };
}

function reply(streams: Streams, message: HelperReply): void {
  streams.write(encodeFrame(JSON.stringify(message)));
}
