import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import useLatest from 'react-use/esm/useLatest';
import CodeMirror, {
  EditorView,
  ExternalChange,
  ReactCodeMirrorRef,
} from '@uiw/react-codemirror';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Diagnostic, lintGutter, linter } from '@codemirror/lint';
import { tags } from '@lezer/highlight';
import { CodeEditorProps } from './CodeEditor';
import { textChanges } from './textChanges';
import { yamlProblems } from './yamlProblems';

/*
 * The colours follow the theme of the app. Those of `@backstage/ui` for text on a coloured ground are the ones that
 * have enough contrast in both themes.
 */
const theme = EditorView.theme({
  '&': {
    backgroundColor: 'var(--bui-bg-neutral-1)',
    color: 'var(--bui-fg-primary)',
    fontSize: 'var(--bui-font-size-2)',
  },
  '&.cm-focused': {
    outline: '2px solid var(--bui-ring)',
    outlineOffset: '-2px',
  },
  '.cm-scroller': { fontFamily: 'var(--bui-font-monospace)' },
  '.cm-content': { caretColor: 'var(--bui-fg-primary)' },
  '.cm-cursor': { borderLeftColor: 'var(--bui-fg-primary)' },
  '.cm-gutters': {
    backgroundColor: 'var(--bui-bg-neutral-1)',
    color: 'var(--bui-fg-secondary)',
    borderRight: '1px solid var(--bui-border-2)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'var(--bui-bg-neutral-2)',
  },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor:
      'var(--bui-bg-neutral-3, var(--bui-bg-neutral-2)) !important',
  },
  '.cm-panels, .cm-tooltip': {
    backgroundColor: 'var(--bui-bg-popover)',
    color: 'var(--bui-fg-primary)',
  },
  '.cm-textfield, .cm-button': {
    backgroundColor: 'var(--bui-bg-neutral-1)',
    backgroundImage: 'none',
    color: 'var(--bui-fg-primary)',
  },
});

const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    {
      tag: [tags.propertyName, tags.definition(tags.propertyName)],
      color: 'var(--berth-code-name)',
    },
    {
      tag: [tags.string, tags.content],
      color: 'var(--bui-fg-primary)',
    },
    {
      tag: [tags.comment, tags.lineComment, tags.meta],
      color: 'var(--bui-fg-secondary)',
    },
    { tag: [tags.invalid], color: 'var(--berth-code-invalid)' },
  ]),
);

const problems = linter(({ state }) =>
  yamlProblems(state.doc.toString()).map(({ line, message }): Diagnostic => {
    const { from, to } = state.doc.line(Math.min(line, state.doc.lines));
    return { from, to, severity: 'error', message };
  }),
);

/** An empty editor must look like one. */
const LEAST_HEIGHT = '200px';

const SETUP = { autocompletion: false };
const SETUP_TO_READ = { autocompletion: false, highlightActiveLine: false };

/** The editor itself, in a module of its own because it is loaded on demand. */
export default function CodeMirrorEditor(
  props: CodeEditorProps & { height: string; describedBy: string },
) {
  const { label, value, onChange, height, describedBy, place } = props;
  const isReadOnly = onChange === undefined;
  const editor = useRef<ReactCodeMirrorRef>(null);
  useChangedText(editor, value);
  usePlace(editor, place);
  // Another function would configure the whole editor again, at each key.
  const latest = useLatest(onChange);
  const report = useCallback(
    (text: string) => latest.current?.(text),
    [latest],
  );
  const extensions = useMemo(
    () => [
      yaml(),
      theme,
      highlighting,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        tabindex: '0',
        'aria-label': label,
        'aria-describedby': describedBy,
        ...(isReadOnly && { 'aria-readonly': 'true' }),
      }),
      ...(isReadOnly ? [] : [problems, lintGutter()]),
    ],
    [label, describedBy, isReadOnly],
  );
  return (
    <CodeMirror
      ref={editor}
      value={value}
      maxHeight={height}
      minHeight={isReadOnly ? undefined : LEAST_HEIGHT}
      theme="none"
      readOnly={isReadOnly}
      // Escape and then Tab leaves the editor.
      indentWithTab={!isReadOnly}
      basicSetup={isReadOnly ? SETUP_TO_READ : SETUP}
      extensions={extensions}
      onChange={report}
    />
  );
}

/** Moves the cursor to a line, and the focus into the editor. */
function usePlace(
  editor: { readonly current: ReactCodeMirrorRef | null },
  place: CodeEditorProps['place'],
) {
  useEffect(() => {
    const view = editor.current?.view;
    if (place && view) {
      const { lines } = view.state.doc;
      const { from } = view.state.doc.line(Math.min(place.line, lines));
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      view.focus();
    }
  }, [editor, place]);
}

/**
 * Changes only what differs when the page has another text, such as a newer version of an object: the editor would
 * replace the text as a whole, and lose the selection and the place.
 */
function useChangedText(
  editor: { readonly current: ReactCodeMirrorRef | null },
  value: string,
) {
  useLayoutEffect(() => {
    const view = editor.current?.view;
    const changes = textChanges(view?.state.doc.toString() ?? value, value);
    if (changes.length > 0) {
      view?.dispatch({ changes, annotations: ExternalChange.of(true) });
    }
  }, [editor, value]);
}
