import { Text } from '@backstage/ui';
import { RequestVerdict } from '@berth/plugin-berth-common';
import { problemOf } from '../format';
import { Answer } from '../hooks';
import { ToneText } from '../labels';
import { useText } from '../useText';
import { VerdictWords } from './VerdictWords';
import styles from './RequestParts.module.css';

/** Shows the result that the request would have. */
export function PreviewPanel(props: {
  preview: Answer<RequestVerdict>;
  /** Whether the fields show why the request is refused. */
  isAtFields: boolean;
}) {
  const { preview, isAtFields } = props;
  const t = useText();
  return (
    <section
      className={styles.preview}
      aria-label={t('requestForm.preview.title')}
      aria-live="polite"
      aria-busy={preview.asking}
    >
      <Text as="h3" variant="title-x-small" weight="bold">
        {t('requestForm.preview.title')}
      </Text>
      {content()}
    </section>
  );

  function content() {
    const { latest, error, asking } = preview;
    if (error !== undefined) {
      return <PreviewProblem error={error} isAtFields={isAtFields} />;
    }
    if (latest) {
      return (
        <div data-checking={asking || undefined} className={styles.checked}>
          <VerdictWords verdict={latest} />
        </div>
      );
    }
    return (
      <Text color="secondary">
        {t(
          asking
            ? 'requestForm.preview.checking'
            : 'requestForm.preview.incomplete',
        )}
      </Text>
    );
  }
}

function PreviewProblem(props: { error: unknown; isAtFields: boolean }) {
  const { error, isAtFields } = props;
  const t = useText();
  const { kind, message } = problemOf(error);
  const isRefusal = ['invalid', 'conflict', 'forbidden', 'notFound'].includes(
    kind,
  );
  return (
    <>
      <ToneText as="p" tone={isRefusal ? 'danger' : 'warning'}>
        {t(
          isRefusal
            ? 'requestForm.preview.refused'
            : 'requestForm.preview.unknown',
        )}
      </ToneText>
      {!isAtFields && <Text as="p">{message}</Text>}
    </>
  );
}
