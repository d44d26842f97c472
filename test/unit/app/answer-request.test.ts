import { describe, expect, it } from 'vitest';
import { answerRequest } from '../../../main/app/answer-request.ts';
import type { RpcResponse } from '../../../shared/rpc/envelope.ts';
import type { Failure } from '../../../shared/rpc/failure.ts';
import { maxRequestBytes } from '../../../shared/rpc/limits.ts';
import { createAppDouble } from '../../doubles/app-double.ts';

const app = createAppDouble();
const bugs: unknown[] = [];

const answerTo = (text: string): Promise<RpcResponse> =>
  answerRequest(new TextEncoder().encode(text), { handlers: app.handlers, onBug: (...bug) => bugs.push(bug) });

const request = (parts: object): string => JSON.stringify({ jsonrpc: '2.0', id: 7, ...parts });

describe('a request that is none of the contract', () => {
  const cases: readonly (readonly [what: string, text: string, kind: string, code: number, id: number | null])[] = [
    ['no JSON', '{', 'bad-request', -32600, null],
    ['bytes that are not UTF-8 JSON', '\u0000', 'bad-request', -32600, null],
    ['too long', ' '.repeat(maxRequestBytes + 1), 'bad-request', -32600, null],
    ['nested too deep', '['.repeat(33), 'bad-request', -32600, null],
    ['a batch', `[${request({ method: 'app.describe', params: {} })}]`, 'bad-request', -32600, null],
    ['no id', JSON.stringify({ jsonrpc: '2.0', method: 'app.describe', params: {} }), 'bad-request', -32600, null],
    ['another version', request({ jsonrpc: '1.0', method: 'app.describe', params: {} }), 'bad-request', -32600, null],
    ['a field too many', request({ method: 'app.describe', params: {}, more: 1 }), 'bad-request', -32600, null],
    ['a method that is not there', request({ method: 'app.erase', params: {} }), 'unknown-method', -32601, 7],
    ['a method of every object', request({ method: 'constructor', params: {} }), 'unknown-method', -32601, 7],
    ['__proto__ as a method', request({ method: '__proto__', params: {} }), 'unknown-method', -32601, 7],
    ['no parameters', request({ method: 'app.describe' }), 'bad-request', -32600, null],
    ['a parameter too many', request({ method: 'app.describe', params: { path: '/' } }), 'bad-request', -32600, 7],
    [
      '__proto__ as a parameter',
      '{"jsonrpc":"2.0","id":7,"method":"app.describe","params":{"__proto__":{}}}',
      'bad-request',
      -32600,
      7,
    ],
  ];
  it.each(cases)('%s is refused', async (_what, text, kind, code, id) => {
    const before = app.calls.length;
    const answer = await answerTo(text);
    expect(answer).toMatchObject({ jsonrpc: '2.0', id, error: { code, data: { kind } } });
    expect(app.calls.length).toBe(before);
  });

  it('says which parameter is wrong', async () => {
    const answer = await answerTo(request({ method: 'activity.list', params: { limit: 0 } }));
    expect(answer).toMatchObject({ error: { message: expect.stringContaining('limit') } });
  });
});

describe('what a handler comes to', () => {
  it('crosses whole where it is a failure: kind, cause, cure and place', async () => {
    const span = { file: 'own.xml', line: 3, column: 5, length: 4 };
    const failure: Failure = {
      kind: 'invalid',
      message: 'The filter is not right.',
      cure: 'Mend it.',
      diagnostics: [
        { code: 'bad-value', severity: 'error', message: 'No such chain', span, notes: [{ message: 'here', span }] },
      ],
      sources: { 'own.xml': '<filter/>' },
    };
    app.next('change.preview', async () => ({ ok: false, failure }));
    const params = { actions: [{ action: 'restore' }] };
    expect(await answerTo(request({ method: 'change.preview', params }))).toMatchObject({
      id: 7,
      error: { data: failure },
    });
  });

  it('is logged where it is a bug, and tells the caller nothing of it', async () => {
    app.next('app.describe', () => Promise.reject(new Error('secret of /home/user')));
    const answer = await answerTo(request({ method: 'app.describe', params: {} }));
    expect(answer).toMatchObject({ id: 7, error: { code: -32603, data: { kind: 'internal' } } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(bugs).toEqual([['app.describe', new Error('secret of /home/user')]]);
  });
});
