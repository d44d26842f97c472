import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { isAllowed } from '../../../main/helper/handle-request.ts';
import { serve } from '../../../main/helper/serve.ts';
import { createFrameReader, encodeFrame } from '../../../shared/plan/frames.ts';
import { type Caller, callers, type HelperFailure } from '../../../shared/plan/helper-failure.ts';
import {
  type HelperMethod,
  type HelperReply,
  helperMethods,
  helperRequestSchema,
} from '../../../shared/plan/helper-protocol.ts';

const methods = Object.keys(helperMethods) as HelperMethod[];

/** The table, once more and by hand: who may do what. */
const expected: Readonly<Record<Caller, readonly HelperMethod[]>> = {
  root: [
    'read',
    'counters',
    'check',
    'apply',
    'confirm',
    'journal',
    'network-states',
    'inspect',
    'follow-drops',
    'restore',
  ],
  sudo: [
    'read',
    'counters',
    'check',
    'apply',
    'confirm',
    'journal',
    'network-states',
    'inspect',
    'follow-drops',
    'restore',
  ],
  pkexec: [
    'read',
    'counters',
    'check',
    'apply',
    'confirm',
    'journal',
    'network-states',
    'inspect',
    'follow-drops',
    'restore',
  ],
  'sudo-read': ['read', 'counters', 'check', 'journal', 'network-states', 'inspect', 'follow-drops'],
  'pkexec-read': ['read', 'counters', 'check', 'journal', 'network-states', 'inspect', 'follow-drops'],
};

describe('a method', () => {
  it.each(callers.flatMap((caller) => methods.map((method) => [caller, method] as const)))(
    '%s: %s',
    (caller, method) => {
      expect(isAllowed(caller, method)).toBe(expected[caller].includes(method));
    },
  );

  it('is one of those that requests can name', () => {
    expect(helperRequestSchema.options.map(({ shape }) => shape.method.value).sort()).toEqual([...methods].sort());
  });
});

describe('a request', () => {
  let folder: string;
  let logged: MockInstance<typeof process.stderr.write>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guestward-'));
    logged = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });

  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  /** What a helper that must not touch anything replies to these bytes. */
  async function replies(caller: Caller, ...chunks: readonly Uint8Array[]): Promise<readonly HelperReply[]> {
    const reader = createFrameReader(1_000_000);
    const found: HelperReply[] = [];
    const write = (bytes: Uint8Array) => {
      for (const frame of reader.push(bytes) ?? []) found.push(JSON.parse(new TextDecoder().decode(frame)));
      return true;
    };
    const onceRead = (then: () => void) => then();
    const places = { state: join(folder, 'state'), run: join(folder, 'run') };
    async function* input() {
      yield* chunks;
    }
    await serve({ input: input(), write, onceRead }, places, { caller, uid: 0 }, () => undefined);
    // Nothing was opened for it.
    expect(readdirSync(folder)).toEqual([]);
    return found;
  }

  async function failures(caller: Caller, json: string): Promise<readonly (HelperFailure | undefined)[]> {
    return (await replies(caller, encodeFrame(json))).map((reply) => (reply.ok ? undefined : reply.failure));
  }

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a bomb', '['.repeat(100_000)],
    ['deeper than 32 levels', `${'['.repeat(33)}${']'.repeat(33)}`],
    ['no object', '7'],
    ['without a method', '{"id":1,"params":{}}'],
    ['with a method of Object', '{"id":1,"method":"constructor","params":{}}'],
    ['without parameters', '{"id":1,"method":"read"}'],
    ['with more than parameters', '{"id":1,"method":"read","params":{},"path":"/etc/passwd"}'],
    ['with parameters that it does not take', '{"id":1,"method":"read","params":{"state":"/etc"}}'],
    ['with a prototype', '{"id":1,"method":"read","params":{},"__proto__":{}}'],
    ['with a number that is none', '{"id":"1","method":"read","params":{}}'],
    ['with half a plan', '{"id":1,"method":"apply","params":{"plan":{"version":1}}}'],
  ])('is refused when it is %s', async (_, json) => {
    expect(await failures('root', json)).toEqual([expect.objectContaining({ kind: 'bad-request' })]);
    expect(logged).toHaveBeenCalledWith('<6>guestward-helper: uid=0 caller=root verdict=bad-request\n');
  });

  it('is refused to whom it is not allowed, before anything is looked at', async () => {
    expect(await failures('pkexec-read', '{"id":1,"method":"restore","params":{}}')).toEqual([
      { kind: 'not-allowed', method: 'restore', caller: 'pkexec-read' },
    ]);
  });

  it('ends the conversation when it is too long, and what follows is not read', async () => {
    const long = Uint8Array.of(0xff, 0xff, 0xff, 0xff);
    const found = await replies('root', long, encodeFrame('{'));
    expect(found).toEqual([{ id: null, ok: false, failure: expect.objectContaining({ kind: 'bad-request' }) }]);
  });

  it('leaves the next one to be answered when it is wrong', async () => {
    expect(await replies('root', Buffer.concat([encodeFrame('{'), encodeFrame('[')]))).toHaveLength(2);
  });

  it('is not heard of when it never comes whole', async () => {
    expect(await replies('root', encodeFrame('{}').subarray(0, 5))).toEqual([]);
  });
});
