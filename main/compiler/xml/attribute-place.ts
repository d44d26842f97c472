/** Offsets of an attribute's first character, of its value's first, and of the closing quote. */
export interface AttributePlace {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** Finds the attribute whose closing quote stands just before `end`; its value cannot contain that quote, nor its name an equals sign. */
export function placeAttribute(text: string, end: number, name: string, value: string): AttributePlace {
  const valueEnd = end - 1;
  const valueStart = text.lastIndexOf(text.charAt(valueEnd), valueEnd - 1) + 1;
  const equals = text.lastIndexOf('=', valueStart - 1);
  return { name, value, start: text.lastIndexOf(name, equals - name.length), valueStart, valueEnd };
}
