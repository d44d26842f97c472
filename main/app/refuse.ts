import type { RpcResponse } from '../../shared/rpc/envelope.ts';
import type { Failure, RpcFailureKind } from '../../shared/rpc/failure.ts';

/** JSON-RPC's own codes (section 5.1 of the specification); everything else is the server's to choose. */
const codes: Readonly<Record<string, number>> = {
  'bad-request': -32600,
  'unknown-method': -32601,
  internal: -32603,
};
const otherCode = -32000;

/** The response to a call that came to nothing; the failure goes along whole. */
export function refuse(id: number | null, kind: RpcFailureKind, message: string): RpcResponse;
export function refuse(id: number | null, failure: Failure): RpcResponse;
export function refuse(id: number | null, what: RpcFailureKind | Failure, message = ''): RpcResponse {
  const failure: Failure = typeof what === 'string' ? { kind: what, message } : what;
  const code = Object.hasOwn(codes, failure.kind) ? (codes[failure.kind] as number) : otherCode;
  return { jsonrpc: '2.0', id, error: { code, message: failure.message, data: failure } };
}
