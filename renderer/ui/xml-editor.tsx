import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { xml } from '@codemirror/lang-xml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, type Diagnostic as Mark, setDiagnostics } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { Diagnostic } from '../../shared/diagnostic.ts';
import { readNonce } from '../shell/read-nonce.ts';

/** Colours that hold on the light and on the dark ground. */
const colours = HighlightStyle.define([
  { tag: tags.tagName, color: 'var(--mantine-color-anchor)' },
  { tag: tags.attributeName, color: 'var(--mantine-color-text)', fontWeight: '600' },
  { tag: tags.attributeValue, color: 'var(--mantine-color-text)' },
  { tag: tags.comment, color: 'var(--mantine-color-dimmed)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
  '&': {
    fontSize: '13px',
    border: '1px solid var(--ward-line)',
    borderRadius: '8px',
    backgroundColor: 'var(--mantine-color-body)',
  },
  '.cm-content': {
    caretColor: 'var(--mantine-color-text)',
  },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--mantine-color-dimmed)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--ward-here)' },
  '.cm-scroller': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    lineHeight: '1.5',
    maxHeight: '60vh',
    overflow: 'auto',
  },
});

/**
 * Text that is typed over a selection is put in place here: Chromium would keep the look of what was selected in a style attribute, which the page's
 * policy refuses.
 */
const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { state } = view;
    const isTyped = event.inputType === 'insertText' && event.data !== null && !view.composing;
    if (!isTyped || state.readOnly || state.selection.ranges.every(({ empty }) => empty)) return false;
    view.dispatch(state.update(state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true }));
    return true;
  },
});

function marksOf(state: EditorState, diagnostics: readonly Diagnostic[]): readonly Mark[] {
  return diagnostics.map(({ span, severity, message }) => {
    const line = state.doc.line(Math.min(span.line, state.doc.lines));
    const from = Math.min(line.from + span.column - 1, line.to);
    return { from, to: Math.min(from + Math.max(1, span.length), state.doc.length), severity, message };
  });
}

interface XmlEditorProps {
  /** What it begins with. */
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** The line that is looked at, from 1: it is marked, and the cursor is there. */
  readonly line?: number | undefined;
  readonly onLine?: (line: number) => void;
  readonly onChange: (text: string) => void;
  /** The language that is written in XML, if it is known. To be the same object each time. */
  readonly language?: Extension;
}

const noLanguage: Extension = [];

/** A text of XML with its problems marked. Tab leaves it, as everywhere else on the page. */
export function XmlEditor({
  text,
  label,
  readOnly,
  diagnostics,
  line,
  onLine,
  onChange,
  language = noLanguage,
}: XmlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const told = useRef(onChange);
  told.current = onChange;
  const toldLine = useRef(onLine);
  toldLine.current = onLine;
  useEffect(() => {
    if (host.current === null) return undefined;
    const nonce = readNonce();
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          ...(nonce === undefined ? [] : [EditorView.cspNonce.of(nonce)]),
          lineNumbers(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          history(),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          language,
          typedOver,
          xml(),
          syntaxHighlighting(colours),
          lintGutter(),
          look,
          EditorState.readOnly.of(readOnly),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': label,
            tabindex: '0',
            ...(readOnly && { 'aria-readonly': 'true' }),
          }),
          EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
            if (docChanged) told.current(state.doc.toString());
            if (selectionSet) toldLine.current?.(state.doc.lineAt(state.selection.main.head).number);
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [text, label, readOnly, language]);
  useEffect(() => {
    const shown = view.current;
    if (shown !== undefined) shown.dispatch(setDiagnostics(shown.state, marksOf(shown.state, diagnostics)));
  }, [diagnostics]);
  useEffect(() => {
    const shown = view.current;
    if (shown === undefined || line === undefined || line > shown.state.doc.lines) return;
    if (shown.state.doc.lineAt(shown.state.selection.main.head).number === line) return;
    shown.dispatch({ selection: { anchor: shown.state.doc.line(line).from }, scrollIntoView: true });
  }, [line]);
  return <div ref={host} />;
}
