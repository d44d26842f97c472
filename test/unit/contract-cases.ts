import { expect, it } from 'vitest';
import { type Client, events, methods } from '../../shared/rpc/contract.ts';
import type { Failure } from '../../shared/rpc/failure.ts';
import { eventNames, methodNames } from '../../shared/rpc/names.ts';
import type { AppDouble } from '../doubles/app-double.ts';
import { sampleOf } from '../doubles/sample-of.ts';

/** What has to hold over every transport. Both are there when a test begins. */
export function contractCases(client: () => Client, app: () => AppDouble): void {
  it.each(methodNames)('%s is called and answered', async (method) => {
    const params = sampleOf(methods[method].params);
    const answer = await client().call(method, params as never);
    if (!answer.ok) throw new Error(answer.failure.message);
    expect(methods[method].result.parse(answer.value)).toEqual(answer.value);
    expect(app().calls.at(-1)).toEqual({ method, params });
  });

  it.each(eventNames)('%s is told, until one has enough', async (event) => {
    const payload = sampleOf(events[event]);
    const [heard, others]: [unknown[], unknown[]] = [[], []];
    const end = client().on(event, (each) => heard.push(each));
    const endOther = client().on(event, (each) => others.push(each));
    app().emit(event, payload as never);
    await expect.poll(() => [heard, others]).toEqual([[payload], [payload]]);
    end();
    app().emit(event, payload as never);
    await expect.poll(() => others).toEqual([payload, payload]);
    expect(heard).toEqual([payload]);
    endOther();
  });

  it('keeps what a failure says, to its place', async () => {
    const span = { file: 'own.xml', line: 3, column: 5, length: 4 };
    const failure: Failure = {
      kind: 'invalid',
      message: 'The filter is not right.',
      cure: 'Mend it.',
      diagnostics: [{ code: 'bad-value', severity: 'error', message: 'No such chain', span }],
      sources: { 'own.xml': '<filter/>' },
    };
    app().next('app.unlock', async () => ({ ok: false, failure }));
    expect(await client().call('app.unlock', {})).toEqual({ ok: false, failure });
  });
}
