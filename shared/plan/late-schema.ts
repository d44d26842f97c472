import * as z from 'zod';

/** A schema that is made when it is first asked for: making one costs milliseconds, and most processes never ask for most of them. */
export function lateSchema<Schema extends z.ZodType>(make: () => Schema): z.ZodLazy<Schema> {
  let made: Schema | undefined;
  return z.lazy(() => {
    made ??= make();
    return made;
  });
}
