import type { Diagnostic } from '../../../shared/diagnostic.ts';
import type { Locate } from './source-lines.ts';
import { xmlFinding } from './xml-finding.ts';

interface OpenTag {
  readonly name: string;
  readonly start: number;
}

/**
 * Makes a located finding of a saxes message (`LINE:COLUMN: text.`); `position` is the offset after the character that was refused, `element` the one that
 * is open there or was closed by it.
 */
export function describeSyntaxError(
  saxesMessage: string,
  text: string,
  position: number,
  element: OpenTag | undefined,
  locate: Locate,
): Diagnostic {
  const reason = saxesMessage.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
  const end = Math.min(position, text.length);
  const notWellFormed = `The XML is not well formed: ${reason}.`;
  const openedHere = (tag: OpenTag) => ({
    notes: [{ message: `<${tag.name}> is opened here.`, span: locate(tag.start, tag.name.length + 1) }],
  });
  if (/close tag|closing tag/.test(reason)) {
    const start = Math.max(text.lastIndexOf('</', end - 1), 0);
    const found = text.slice(start, end);
    const extra = element === undefined ? {} : { expected: `</${element.name}>`, ...openedHere(element) };
    return xmlFinding('xml-syntax', notWellFormed, locate(start, end - start), { found, ...extra });
  }
  if (reason.startsWith('unclosed tag') && element !== undefined) {
    const extra = { expected: `</${element.name}>`, ...openedHere(element) };
    return xmlFinding(
      'xml-syntax',
      `The XML is not well formed: <${element.name}> is never closed.`,
      locate(end, 0),
      extra,
    );
  }
  if (/entity/.test(reason)) {
    const start = Math.max(text.lastIndexOf('&', end - 1), 0);
    return xmlFinding('xml-entity', `The XML has an entity that is not known: ${reason}.`, locate(start, end - start), {
      found: text.slice(start, end),
      expected: '&lt; &gt; &amp; &apos; &quot; or a character reference',
    });
  }
  return xmlFinding('xml-syntax', notWellFormed, locate(Math.max(end - 1, 0), end > 0 ? 1 : 0));
}
