import type { FilterReference, Parameters } from '../../../shared/nwfilter/filter-document.ts';
import { filterNameProblem } from '../../../shared/nwfilter/filter-name.ts';
import { parameterNamePattern, parameterValuePattern } from '../../../shared/nwfilter/parameter-patterns.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import type { Findings } from './findings.ts';
import { ownAttributes, ownChildren } from './own-parts.ts';

/** One `<parameter>`; undefined where it has no good name or value, which is reported. */
function parseParameter(element: XmlElement, findings: Findings): readonly [string, string] | undefined {
  const own = ownAttributes(element, ['name', 'value'], findings);
  const read = (attribute: 'name' | 'value', pattern: RegExp, expected: string): string | undefined => {
    const found = own.get(attribute);
    if (found === undefined) {
      findings.error('missing-attribute', `<parameter> has no ${attribute}.`, element.span, { attribute, expected });
      return undefined;
    }
    if (pattern.test(found.value)) return found.value;
    const message = `The ${attribute} of this parameter is not one that it can have.`;
    findings.error('bad-parameter', message, found.valueSpan, { attribute, found: found.value, expected });
    return undefined;
  };
  const name = read('name', parameterNamePattern, 'letters, digits and _');
  const value = read('value', parameterValuePattern, 'letters, digits and _ . :');
  return name === undefined || value === undefined ? undefined : [name, value];
}

function parseParameters(elements: readonly XmlElement[], findings: Findings): Parameters {
  const parameters = new Map<string, string[]>();
  for (const element of elements) {
    const parameter = parseParameter(element, findings);
    if (parameter === undefined) continue;
    const [name, value] = parameter;
    const values = parameters.get(name);
    if (values === undefined) parameters.set(name, [value]);
    else values.push(value);
  }
  return Object.fromEntries(parameters);
}

/** Reads a `<filterref>` of a filter or a binding; undefined where it names no filter, which is reported. */
export function parseFilterref(element: XmlElement, findings: Findings): FilterReference | undefined {
  const own = ownAttributes(element, ['filter'], findings);
  const children = ownChildren(element, ['parameter'], findings);
  for (const child of children) {
    if (child.name === 'parameter') continue;
    findings.warn('unknown-element', `<filterref> has no <${child.name}>: it is ignored.`, child.span, {
      expected: 'parameter',
    });
  }
  const parameters = parseParameters(
    children.filter((child) => child.name === 'parameter'),
    findings,
  );
  const filter = own.get('filter');
  if (filter === undefined) {
    findings.error('missing-attribute', '<filterref> does not say which filter.', element.span, {
      attribute: 'filter',
    });
    return undefined;
  }
  const problem = filterNameProblem(filter.value);
  if (problem !== undefined) {
    const details = { attribute: 'filter', found: filter.value };
    findings.error('bad-name', `The name of the filter ${problem}.`, filter.valueSpan, details);
    return undefined;
  }
  return { kind: 'filterref', filter: filter.value, parameters, span: element.span };
}
