import * as z from 'zod';
import type { Outcome } from '../../shared/plan/outcome.ts';
import { parseJson } from '../../shared/plan/parse-json.ts';
import { type Handlers, isMethodName, methods } from '../../shared/rpc/contract.ts';
import { type RpcResponse, requestSchema } from '../../shared/rpc/envelope.ts';
import type { Failure } from '../../shared/rpc/failure.ts';
import { maxRequestBytes, maxRequestDepth } from '../../shared/rpc/limits.ts';
import { refuse } from './refuse.ts';

export interface AnswerOptions {
  readonly handlers: Handlers;
  /** Told of bugs, with all that is known of them; the caller's answer only says that there was one. */
  readonly onBug: (method: string, error: unknown) => void;
}

/** Answers one request of a caller who may send anything: UTF-8 JSON in, a response out. Never rejects. */
export async function answerRequest(bytes: Uint8Array, { handlers, onBug }: AnswerOptions): Promise<RpcResponse> {
  if (bytes.length > maxRequestBytes) {
    return refuse(null, 'bad-request', `The request is longer than ${maxRequestBytes} bytes.`);
  }
  const parsed = parseJson(bytes, maxRequestDepth);
  if (parsed === undefined) return refuse(null, 'bad-request', 'The request is not JSON, or is nested too deep.');
  const request = requestSchema.safeParse(parsed.value);
  if (!request.success) return refuse(null, 'bad-request', `This is not a request: ${describe(request.error)}.`);

  const { id, method, params } = request.data;
  if (!isMethodName(method)) return refuse(id, 'unknown-method', `There is no method ${JSON.stringify(method)}.`);
  const checked = methods[method].params.safeParse(params);
  if (!checked.success) {
    return refuse(
      id,
      'bad-request',
      `The parameters of ${method} are not as they should be: ${describe(checked.error)}.`,
    );
  }
  try {
    // The table gives the handler of this method, and the parameters are what its schema made of them.
    const handler = handlers[method] as (params: unknown) => Promise<Outcome<unknown, Failure>>;
    const outcome = await handler(checked.data);
    if (outcome.ok) return { jsonrpc: '2.0', id, result: outcome.value };
    return refuse(id, outcome.failure);
  } catch (error) {
    onBug(method, error);
    return refuse(id, internal(method));
  }
}

const internal = (method: string): Failure => ({
  kind: 'internal',
  message: `Guestward failed in ${method}, by a mistake of its own.`,
  cure: 'What it knows of it is in the output of the program that opened this screen.',
});

/** The first few findings of a schema, each with the place in the value. */
function describe({ issues }: z.ZodError): string {
  return issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`))
    .join('; ');
}
