import * as z from 'zod';

const spanSchema = z.strictObject({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  length: z.int().min(0),
});

/** `Diagnostic` of shared/diagnostic.ts as it crosses a border. */
export const diagnosticSchema = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  span: spanSchema,
  filter: z.string().optional(),
  attribute: z.string().optional(),
  found: z.string().optional(),
  expected: z.string().optional(),
  notes: z.array(z.strictObject({ message: z.string(), span: spanSchema })).optional(),
});

/** Why a call came to nothing. Nothing was changed. */
export const failureSchema = z.strictObject({
  /** What a program can tell apart: a kind of the engine's failures, or one of `rpcFailureKinds`. */
  kind: z.string(),
  /** The cause and, where there is one, the cure: whole sentences for a person. */
  message: z.string(),
  cure: z.string().optional(),
  /** Findings in what was written, with the texts by file name that they stand in. */
  diagnostics: z.array(diagnosticSchema).optional(),
  sources: z.record(z.string(), z.string()).optional(),
});
export type Failure = z.infer<typeof failureSchema>;

/** Failures of the call itself rather than of what it asked for. */
export const rpcFailureKinds = [
  /** Not a request, or its parameters are not of the method's shape. */
  'bad-request',
  'unknown-method',
  /** This front door does not offer the method to this caller. */
  'not-allowed',
  /** The helper has not been started: what was asked for needs the user's consent first. */
  'needs-rights',
  /** The other side went away before it had answered. */
  'connection-lost',
  /** A bug; the message says where to find more. */
  'internal',
] as const;
export type RpcFailureKind = (typeof rpcFailureKinds)[number];
