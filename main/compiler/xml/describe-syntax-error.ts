import type { Diagnostic } from '../../../shared/diagnostic.ts';
import type { Locate } from './source-lines.ts';
import { xmlFinding } from './xml-finding.ts';

/** Where the strict gate was when saxes refused the text. */
export interface GateState {
  readonly text: string;
  /** The offset after the character that was refused. */
  readonly position: number;
  /** The offset up to which everything was good. */
  readonly good: number;
  /** The element that is open there, or that was closed by it. */
  readonly element: { readonly name: string; readonly start: number } | undefined;
}

const brokenReference = /&(?!(?:lt|gt|amp|apos|quot|#[0-9]+|#x[0-9A-Fa-f]+);)[^\s<&'";]{0,40};?/g;

/** saxes takes an ampersand for an entity that goes on to the next semicolon, however far. */
function findBrokenReference({ text, position, good }: GateState): { start: number; found: string } | undefined {
  brokenReference.lastIndex = good;
  const match = brokenReference.exec(text);
  const nextTag = text.indexOf('<', good);
  if (match === null || match.index >= position || (nextTag >= 0 && nextTag < match.index)) return undefined;
  return { start: match.index, found: match[0] };
}

/** Makes a located finding of a saxes message (`LINE:COLUMN: text.`). */
export function describeSyntaxError(saxesMessage: string, state: GateState, locate: Locate): Diagnostic {
  const { text, element } = state;
  const reason = saxesMessage.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
  const end = Math.min(state.position, text.length);
  const notWellFormed = `The XML is not well formed: ${reason}.`;
  const opened =
    element === undefined
      ? {}
      : {
          expected: `</${element.name}>`,
          notes: [
            { message: `<${element.name}> is opened here.`, span: locate(element.start, element.name.length + 1) },
          ],
        };

  const broken = findBrokenReference(state);
  if (broken !== undefined || /entity/.test(reason)) {
    const start = broken?.start ?? Math.max(text.lastIndexOf('&', end - 1), 0);
    const found = broken?.found ?? text.slice(start, end);
    return xmlFinding('xml-entity', 'This is not a reference to a character.', locate(start, found.length), {
      found,
      expected: '&lt; &gt; &amp; &apos; &quot; or a number such as &#233;',
    });
  }
  if (/close tag|closing tag/.test(reason)) {
    const start = Math.max(text.lastIndexOf('</', end - 1), 0);
    return xmlFinding('xml-syntax', notWellFormed, locate(start, end - start), {
      found: text.slice(start, end),
      ...opened,
    });
  }
  if (reason.startsWith('unclosed tag') && element !== undefined) {
    return xmlFinding(
      'xml-syntax',
      `The XML is not well formed: <${element.name}> is never closed.`,
      locate(end, 0),
      opened,
    );
  }
  return xmlFinding('xml-syntax', notWellFormed, locate(Math.max(end - 1, 0), end > 0 ? 1 : 0));
}
