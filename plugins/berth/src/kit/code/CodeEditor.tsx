import { Suspense, lazy, useId } from 'react';
import { Skeleton, Text } from '@backstage/ui';
import { useText } from '../useText';
import styles from './code.module.css';

const DEFAULT_HEIGHT = '60vh';

export interface CodeEditorProps {
  /** Names the editor for screen readers. */
  label: string;
  value: string;
  /** Without it, the text is only to be read. */
  onChange?: (value: string) => void;
  /** A CSS length. */
  height?: string;
  /** Where the cursor goes: each new object moves it. */
  place?: { line: number };
}

// CodeMirror is larger than the rest of the page.
const CodeMirrorEditor = lazy(() => import('./CodeMirrorEditor'));

/** An editor of YAML, which marks errors at their line. */
export function CodeEditor(props: CodeEditorProps) {
  const { onChange, height = DEFAULT_HEIGHT } = props;
  const t = useText();
  const hint = useId();
  return (
    <div>
      <Suspense fallback={<Skeleton width="100%" height={height} />}>
        <div className={styles.editor}>
          <CodeMirrorEditor {...props} height={height} describedBy={hint} />
        </div>
      </Suspense>
      <Text as="p" id={hint} variant="body-small" color="secondary">
        {onChange ? t('code.leaveEditor') : t('code.search')}
      </Text>
    </div>
  );
}
