import * as z from 'zod';
import type { Checked, Diagnostic, SourceSpan } from '../diagnostic.ts';
import { jsonErrorOffset } from '../json-error-offset.ts';
import { arrayPlaces } from '../json-places.ts';
import { parseMac } from '../net/mac.ts';
import { isDeviceName } from '../plan/device-name.ts';
import type { Binding } from './binding.ts';
import { filterNameProblem } from './filter-name.ts';
import { parameterNamePattern, parameterValuePattern } from './parameter-patterns.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** A text that a check takes; anything else is told what would have been right. */
const textSchema = (isRight: (text: string) => boolean, expected: string) =>
  z.custom<string>((value) => isText(value) && isRight(value), `expected ${expected}`);

const isValue = (value: unknown): boolean => isText(value) && parameterValuePattern.test(value);

const bindingSchema = z.strictObject(
  {
    device: textSchema(isDeviceName, 'the name of a network device, up to 15 letters, digits and _ . -'),
    filter: textSchema((name) => filterNameProblem(name) === undefined, 'the name of a filter'),
    mac: textSchema((mac) => parseMac(mac) !== undefined, 'a MAC address such as 52:54:00:12:34:56').optional(),
    parameters: z
      .record(
        textSchema((name) => parameterNamePattern.test(name), 'a name of letters, digits and _'),
        z.custom<string | string[]>(
          (value) => isValue(value) || (Array.isArray(value) && value.length > 0 && value.every(isValue)),
          'expected a value, or a list of values, of letters, digits and _ . :',
        ),
        'expected an object of names and values',
      )
      .optional(),
  },
  { error: ({ code, keys }) => (code === 'unrecognized_keys' ? `unknown: ${keys.join(', ')}` : 'expected an object') },
);

function placeOf(offset: number, text: string, file: string): SourceSpan {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, length: 1 };
}

function finding(span: SourceSpan, code: string, message: string): Diagnostic {
  return { severity: 'error', code, message, span };
}

/**
 * Reads a JSON list of bindings, `[{"device", "filter", "mac"?, "parameters"?: {"NAME": value or [values]}}]`. Each binding's place is that of
 * its entry.
 */
export function parseBindingList(text: string, file: string): Checked<readonly Binding[]> {
  const offset = jsonErrorOffset(text);
  if (offset !== undefined) {
    const message = offset < text.length ? 'This is not JSON from here on.' : 'The JSON ends too early.';
    return { ok: false, diagnostics: [finding(placeOf(offset, text, file), 'json-syntax', message)] };
  }
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) {
    const span = { file, line: 1, column: 1, length: 0 };
    return { ok: false, diagnostics: [finding(span, 'not-a-list', 'The document is not a list of bindings.')] };
  }
  const places = arrayPlaces(text, file);
  const diagnostics: Diagnostic[] = [];
  const bindings: Binding[] = [];
  for (const [index, entry] of list.entries()) {
    const span = places[index] ?? { file, line: 1, column: 1, length: 0 };
    const read = bindingSchema.safeParse(entry);
    if (!read.success) {
      for (const { path, message } of read.error.issues) {
        const where = path.length === 0 ? '' : `${path.join('.')}: `;
        diagnostics.push(finding(span, 'bad-binding', `Entry ${index + 1} is not a binding: ${where}${message}.`));
      }
      continue;
    }
    const { device, filter, mac, parameters = {} } = read.data;
    bindings.push({
      device,
      filter,
      mac: mac === undefined ? undefined : parseMac(mac),
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
      ),
      span,
    });
  }
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, value: bindings, warnings: [] };
}
