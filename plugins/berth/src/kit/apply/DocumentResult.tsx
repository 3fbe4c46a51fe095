import { Alert, Checkbox, Link, Text } from '@backstage/ui';
import { AppliedDocument } from '@berth/plugin-berth-common';
import { DiffView } from '../code';
import { Tone, ToneLabel } from '../labels';
import { useObjectHref } from '../objectRoute';
import { useText } from '../useText';
import styles from './apply.module.css';

const TONES: Record<AppliedDocument['action'], Tone> = {
  create: 'success',
  change: 'success',
  none: 'pending',
  failed: 'danger',
  skipped: 'pending',
};

/** Shows what happened, or would happen, to one document. */
export function DocumentResult(props: {
  document: AppliedDocument;
  cluster: string;
  isDryRun: boolean;
  /** Whether the choice cannot change now. */
  isLocked: boolean;
  isForced: boolean;
  onToggleForce: () => void;
}) {
  const { document, cluster, isDryRun } = props;
  const { isLocked, isForced, onToggleForce } = props;
  const { index, line, kind, name, action, diff, problem } = document;
  const { conflicts = [], warnings = [] } = document;
  const t = useText();
  const title = t('apply.document', {
    number: String(index + 1),
    line: String(line),
  });
  return (
    <section className={styles.document} aria-label={title}>
      <div className={styles.documentHead}>
        <Text weight="bold">
          {kind ? `${kind} ` : ''}
          <DocumentName
            document={document}
            cluster={cluster}
            isLink={!isDryRun}
          />
          {!kind && !name && title}
        </Text>
        <ToneLabel
          tone={TONES[action]}
          text={t(`apply.${isDryRun ? 'plan' : 'result'}.${action}`)}
        />
        <Text variant="body-small" color="secondary">
          {title}
        </Text>
      </div>
      {problem && conflicts.length === 0 && (
        <Alert role="alert" status="danger" icon title={problem} />
      )}
      {warnings.map(warning => (
        <Alert key={warning} status="warning" icon title={warning} />
      ))}
      {conflicts.length > 0 && (
        <>
          <Alert
            role="alert"
            status="warning"
            icon
            title={t('apply.conflict')}
            description={
              <ul className={styles.conflicts}>
                {conflicts.map(({ field, manager }) => (
                  <li key={`${field} ${manager}`}>
                    {t('apply.conflictOf', { field, manager })}
                  </li>
                ))}
              </ul>
            }
          />
        </>
      )}
      {isDryRun && (conflicts.length > 0 || isForced) && (
        <Checkbox
          isSelected={isForced}
          isDisabled={isLocked}
          onChange={onToggleForce}
        >
          {t('apply.force')}
        </Checkbox>
      )}
      {diff && (
        <DiffView
          diff={diff}
          label={t('apply.diff', { name: name ?? title })}
        />
      )}
    </section>
  );
}

function DocumentName(props: {
  document: AppliedDocument;
  cluster: string;
  isLink: boolean;
}) {
  const { document, cluster, isLink } = props;
  const { group, plural, namespace, name, action } = document;
  const href = useObjectHref();
  if (!name) {
    return null;
  }
  const text = namespace ? `${namespace}/${name}` : name;
  return isLink &&
    group &&
    plural &&
    !['failed', 'skipped'].includes(action) ? (
    <Link href={href({ cluster, group, plural, namespace, name })}>{text}</Link>
  ) : (
    <>{text}</>
  );
}
