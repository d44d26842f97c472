import * as z from 'zod';
import type { EventName } from './contract.ts';
import type { Failure } from './failure.ts';

/** A call as it crosses a border: JSON-RPC 2.0 (https://www.jsonrpc.org/specification). There are no batches, and every call wants an answer. */
export const requestSchema = z.strictObject({
  jsonrpc: z.literal('2.0'),
  id: z.int().min(0),
  method: z.string().max(64),
  params: z.unknown(),
});
export type RpcRequest = z.infer<typeof requestSchema>;

export interface RpcError {
  readonly code: number;
  readonly message: string;
  /** All that the screen needs to know of it. */
  readonly data: Failure;
}

/** `id` is null where the request could not be read far enough to know it. */
export type RpcResponse =
  | { readonly jsonrpc: '2.0'; readonly id: number | null; readonly result: unknown }
  | { readonly jsonrpc: '2.0'; readonly id: number | null; readonly error: RpcError };

/** An event. Payloads may be null, and parameters may not, so the payload is the only element of a list. */
export interface RpcNotification {
  readonly jsonrpc: '2.0';
  readonly method: EventName;
  readonly params: readonly [payload: unknown];
}

/** What the main side writes. */
export type RpcMessage = RpcResponse | RpcNotification;
