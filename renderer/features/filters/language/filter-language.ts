import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  snippetCompletion,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap } from '@codemirror/view';
import { words } from '../../../words/words.ts';
import { type Explanation, explainAttribute, explainElement, explainValue } from './explain.ts';
import { type PlaceInXml, placeInXml } from './place-in-xml.ts';
import { type Proposal, proposalsAt, variablesIn } from './proposals.ts';
import { wordAt } from './word-at.ts';

const icons = {
  element: 'type',
  attribute: 'property',
  value: 'constant',
  variable: 'variable',
  filter: 'class',
} as const satisfies Readonly<Record<Proposal['kind'], string>>;

function explain(place: PlaceInXml, word: string): Explanation | undefined {
  switch (place.kind) {
    case 'element':
    case 'closing':
      return explainElement(word);
    case 'attribute':
      return explainAttribute(place.element, word);
    case 'value':
      return explainValue(place.element, place.attribute, word) ?? explainAttribute(place.element, place.attribute);
    case 'text':
      return undefined;
  }
}

const textOf = ({ meaning, form }: Explanation): string =>
  form === undefined ? meaning : `${meaning} ${words.filterLanguage.form} ${form}.`;

function completionOf(place: PlaceInXml, { label, kind, text }: Proposal, at: number): Completion {
  const about = explain(place, label);
  // The language's own order, where the letters fit equally well.
  const boost = Math.max(-99, -at);
  const completion = { label, boost, type: icons[kind], ...(about !== undefined && { info: textOf(about) }) };
  // In a snippet the braces of a field must not be those of the text; the language has none.
  return text === label ? completion : snippetCompletion(text.replace('|', '${}'), completion);
}

function complete(context: CompletionContext, filters: readonly string[]): CompletionResult | null {
  const text = context.state.doc.toString();
  const place = placeInXml(text, context.pos);
  if (place === undefined || place.kind === 'text') return null;
  const isAskedFor = context.explicit || place.typed !== '' || place.kind === 'element' || place.kind === 'value';
  if (!isAskedFor) return null;
  const options = proposalsAt(place, { filters, variables: variablesIn(text) }).map((each, at) =>
    completionOf(place, each, at),
  );
  return options.length === 0 ? null : { from: place.from, options, validFor: /^[\w$.:-]*$/ };
}

function tooltip({ title, ...about }: Explanation): { readonly dom: HTMLElement } {
  const dom = document.createElement('div');
  dom.className = 'cm-explanation';
  const head = document.createElement('strong');
  head.textContent = title;
  const body = document.createElement('div');
  body.textContent = textOf({ title, ...about });
  dom.append(head, body);
  return { dom };
}

const look = EditorView.theme({
  '.cm-tooltip': {
    backgroundColor: 'var(--mantine-color-body)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--ward-line)',
    borderRadius: '8px',
    boxShadow: 'var(--mantine-shadow-md)',
  },
  '.cm-explanation': { maxWidth: '360px', padding: '8px 12px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mantine-font-family-monospace)', maxHeight: '14em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 10px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--mantine-primary-color-filled)',
    color: 'var(--mantine-color-white)',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 12px', maxWidth: '320px' },
});

/** The filter language in the editor: what can stand where the cursor is, and what the word under the pointer means. */
export function filterLanguage(filters: () => readonly string[]): Extension {
  return [
    autocompletion({ override: [(context) => complete(context, filters())], icons: false }),
    keymap.of(completionKeymap),
    hoverTooltip((view, position) => {
      const text = view.state.doc.toString();
      const word = wordAt(text, position);
      const place = word && placeInXml(text, word.to);
      const about = place && explain(place, word.text);
      return about === undefined ? null : { pos: word?.from ?? position, above: true, create: () => tooltip(about) };
    }),
    look,
  ];
}
