import { type Result, usage } from './cli-failure.ts';
import type { VerbArgument } from './verb.ts';

type Given = Readonly<Record<string, string | readonly string[] | true>>;

/** Gives each argument its words: those of the option of its name, else the next that stand behind the verb, as virsh does. */
export function placeWords(
  verb: string,
  parameters: readonly VerbArgument[],
  given: Given,
  words: readonly string[],
): Result<ReadonlyMap<string, readonly string[]>> {
  const placed = new Map<string, readonly string[]>();
  let left = [...words];
  for (const { name, many = false } of parameters) {
    const named = (given[name] ?? []) as readonly string[];
    if (named.length > 1 && !many) return usage(`unexpected data '${named[1]}'`);
    const taken = many ? left.length : named.length > 0 ? 0 : 1;
    placed.set(name, [...named, ...left.slice(0, taken)]);
    left = left.slice(taken);
  }
  if (left.length > 0) return usage(`unexpected data '${left[0]}'`);
  const missing = parameters.filter(
    ({ name, unless = '', optional }) => !optional && placed.get(name)?.length === 0 && given[unless] === undefined,
  );
  // virsh names each in a line of its own.
  if (missing.length > 0) {
    return usage(missing.map(({ name }) => `command '${verb}' requires <${name}> option`).join('\nerror: '));
  }
  return { ok: true, value: placed };
}
