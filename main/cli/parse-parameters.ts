import type { Parameters } from '../../shared/nwfilter/filter-document.ts';
import { parameterNamePattern, parameterValuePattern } from '../../shared/nwfilter/parameter-patterns.ts';
import { type Result, usage } from './cli-failure.ts';

/** Reads NAME=VALUE words; a name that comes again adds a value to its list. */
export function parseParameters(words: readonly string[]): Result<Parameters> {
  const parameters = new Map<string, string[]>();
  for (const word of words) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
    if (!parameterNamePattern.test(name) || !parameterValuePattern.test(value)) {
      return usage(
        `'${word}' is not a parameter`,
        'write --param NAME=VALUE, of letters, digits and _ (in the value also . and :), once for each value',
      );
    }
    parameters.set(name, [...(parameters.get(name) ?? []), value]);
  }
  return { ok: true, value: Object.fromEntries(parameters) };
}
