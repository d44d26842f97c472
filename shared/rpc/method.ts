import type * as z from 'zod';

/**
 * see: no rights are needed beyond those of whoever runs the app.
 * read: what is defined and in force is asked of the root helper.
 * change: something on this machine will be otherwise.
 */
export type Access = 'see' | 'read' | 'change';

/** One call of the contract: what it takes and what it gives, as JSON. */
export interface Method<Params extends z.ZodType = z.ZodType, Result extends z.ZodType = z.ZodType> {
  readonly access: Access;
  readonly params: Params;
  readonly result: Result;
}

/** Declares a call; the types of both sides follow from it. */
export function method<Params extends z.ZodType, Result extends z.ZodType>(
  access: Access,
  params: Params,
  result: Result,
): Method<Params, Result> {
  return { access, params, result };
}
