import type { FilterReference } from '../../../shared/nwfilter/filter-document.ts';
import { escapeXml } from './escape-xml.ts';

/** The lines of a `<filterref>`, parameters in the order of their names. */
export function printFilterref({
  filter,
  parameters,
}: Pick<FilterReference, 'filter' | 'parameters'>): readonly string[] {
  const lines = Object.keys(parameters)
    .sort()
    .flatMap((name) =>
      (parameters[name] ?? []).map((value) => `  <parameter name='${name}' value='${escapeXml(value)}'/>`),
    );
  const start = `<filterref filter='${escapeXml(filter)}'`;
  return lines.length === 0 ? [`${start}/>`] : [`${start}>`, ...lines, '</filterref>'];
}
