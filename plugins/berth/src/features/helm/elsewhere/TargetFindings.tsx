import { Button, Skeleton, Text } from '@backstage/ui';
import { RiCheckLine } from '@remixicon/react';
import { ProblemAlert, useText } from '../../../kit';
import { problemOf } from '../../../kit/format';
import styles from '../helm.module.css';
import { chartText } from '../list/select';
import { OperationOptions } from '../operations/OperationOptions';
import { PreviewResult } from '../operations/PreviewResult';
import { Original, Target, TargetCheck, Targets } from './useTargets';

/** Shows what the check of a target found. */
export function TargetFindings(props: {
  target: Target;
  targets: Targets;
  original: Original;
}) {
  const { target, targets, original } = props;
  const { key, check, failure, options, pending, takesOver, waiting } = target;
  const t = useText();
  if (pending === 'check') {
    return waiting ? (
      <Waiting kind="check" failure={waiting.failure} />
    ) : (
      <div role="status" aria-label={t('helm.preview.pending')}>
        <Skeleton width="100%" height={120} />
      </div>
    );
  }
  return (
    <>
      {waiting && <Waiting kind="start" failure={waiting.failure} />}
      {failure !== undefined && (
        <ProblemAlert
          error={failure}
          title={t(
            check ? 'helm.elsewhere.startFailed' : 'helm.preview.failed',
          )}
        />
      )}
      {check && (
        <>
          <State check={check} original={original} />
          {check.request.kind === 'upgrade' && (
            <div>
              <Button
                size="small"
                variant="secondary"
                isPending={pending === 'values'}
                onPress={() => targets.takePresentValues(key)}
              >
                {t('helm.elsewhere.presentValues')}
              </Button>
            </div>
          )}
          <PreviewResult
            preview={check.preview}
            takesOver={takesOver}
            onTakesOverChange={value => targets.edit(key, { takesOver: value })}
          />
          {check.preview.refusals.length === 0 && (
            <details className={styles.folded}>
              <summary>{t('helm.elsewhere.options')}</summary>
              <OperationOptions
                kind={check.request.kind}
                options={options}
                onChange={next => targets.edit(key, { options: next })}
              />
            </details>
          )}
        </>
      )}
    </>
  );
}

/** Explains why nothing was sent yet. */
function Waiting({
  kind,
  failure,
}: {
  kind: 'check' | 'start';
  failure?: unknown;
}) {
  const t = useText();
  return (
    <div role="status">
      <Text as="p" weight="bold">
        {t(
          kind === 'check'
            ? 'helm.operation.state.Queued'
            : 'helm.operation.words.Queued',
        )}
      </Text>
      {failure !== undefined && (
        <Text as="p" color="secondary">
          {problemOf(failure).message}
        </Text>
      )}
    </div>
  );
}

/** Describes the release that is at a target, and whether the chart is the same. */
function State({
  check: { present, preview, request },
  original,
}: {
  check: TargetCheck;
  original: Original;
}) {
  const t = useText();
  const { promotedFrom = [], sameChart } = preview;
  const { cluster: from, release: name } = original.address;
  const facts = [
    ...(sameChart === 'Same'
      ? [t('helm.elsewhere.same', { release: name, cluster: from })]
      : []),
    ...promotedFrom.map(({ cluster, namespace, release, revision }) =>
      t('helm.elsewhere.promoted', {
        ...{ cluster, namespace, release, revision: String(revision) },
      }),
    ),
  ];
  return (
    <div className={styles.stack}>
      {/* A refusal explains what an uninstalled release needs. */}
      {present?.status !== 'uninstalled' && (
        <Text as="p">
          {request.kind === 'upgrade'
            ? t('helm.elsewhere.there.upgrade', {
                release: request.release,
                present: chartText(present?.chart),
              })
            : t('helm.elsewhere.there.nothing', { release: request.release })}
        </Text>
      )}
      {facts.length > 0 && (
        <ul className={styles.rights}>
          {facts.map(fact => (
            <li key={fact}>
              <RiCheckLine aria-hidden="true" size={18} />
              <div>{fact}</div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
