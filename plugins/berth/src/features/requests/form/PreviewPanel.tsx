import { Text } from '@backstage/ui';
import { problemOf } from '../../../kit/format';
import { VerdictWords } from '../parts';
import { ToneText, useText } from '../../../kit';
import styles from './RequestForm.module.css';
import { Preview } from './usePreview';

/** The result that the request would have. */
export function PreviewPanel(props: {
  preview: Preview;
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
      aria-busy={preview.checking}
    >
      <Text as="h3" variant="title-x-small" weight="bold">
        {t('requestForm.preview.title')}
      </Text>
      {content()}
    </section>
  );

  function content() {
    const { verdict, error, checking } = preview;
    if (error !== undefined) {
      return <PreviewProblem error={error} isAtFields={isAtFields} />;
    }
    if (verdict) {
      return (
        <div data-checking={checking || undefined} className={styles.verdict}>
          <VerdictWords verdict={verdict} />
        </div>
      );
    }
    return (
      <Text color="secondary">
        {t(
          checking
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
