import { escapeXml } from '../../compiler/parse/escape-xml.ts';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

export const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

const start = (name: string, attributes: Attributes): string =>
  [
    `<${name}`,
    ...Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}='${escapeXml(`${value}`)}'`],
    ),
  ].join(' ');

/** An empty element; nothing where it would have no attributes either. */
export function tag(name: string, attributes: Attributes): readonly string[] {
  return Object.values(attributes).every((value) => value === undefined) ? [] : [`${start(name, attributes)}/>`];
}

/** An element with content; without content as `tag` has it. */
export function block(name: string, attributes: Attributes, content: readonly string[]): readonly string[] {
  if (content.length === 0) return tag(name, attributes);
  return [`${start(name, attributes)}>`, ...indent(content), `</${name}>`];
}
