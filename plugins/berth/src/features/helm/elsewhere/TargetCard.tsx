import {
  Button,
  ButtonIcon,
  Checkbox,
  Link,
  Skeleton,
  Text,
} from '@backstage/ui';
import { HELM_MASK } from '@berth/plugin-berth-common';
import { RiCloseLine } from '@remixicon/react';
import {
  ProblemAlert,
  Section,
  ToneLabel,
  ToneText,
  useReleaseHref,
  useText,
} from '../../../kit';
import { CodeEditor, useYamlProblems } from '../../../kit/code';
import { useClusters } from '../../../kit/hooks';
import styles from '../helm.module.css';
import { PlaceFields } from '../install/PlaceFields';
import { chartText } from '../list/select';
import { useOperationHref } from '../operations/address';
import { OperationOptions } from '../operations/OperationOptions';
import { OperationStateLabel } from '../operations/OperationStateLabel';
import { PreviewResult } from '../operations/PreviewResult';
import { useOperation } from '../operations/useOperation';
import { Suggestions } from './Suggestions';
import { Original, Target, TargetCheck, Targets } from './useTargets';

const EDITOR_HEIGHT = '280px';

/** One target: where, with which values, what would happen there, and how far its operation is. */
export function TargetCard(props: {
  number: number;
  target: Target;
  targets: Targets;
  original: Original;
  isOnly: boolean;
}) {
  const { number, target, targets, original, isOnly } = props;
  const { key, place, operation, pending } = target;
  const t = useText();
  const title =
    place.cluster === ''
      ? t('helm.elsewhere.target', { number: String(number) })
      : [place.cluster, place.namespace].filter(Boolean).join(' / ');
  return (
    <section aria-label={title}>
      <Section
        title={title}
        actions={
          !operation &&
          !isOnly && (
            <ButtonIcon
              size="small"
              variant="tertiary"
              icon={<RiCloseLine />}
              aria-label={t('helm.elsewhere.remove', { target: title })}
              isDisabled={pending === 'start'}
              onPress={() => targets.remove(key)}
            />
          )
        }
      >
        {operation ? (
          <Started place={place} id={operation.id} />
        ) : (
          <div className={styles.stack}>
            <div className={styles.choices}>
              <PlaceFields
                place={place}
                isDisabled={pending === 'start'}
                onChange={next => targets.edit(key, { place: next })}
              />
            </div>
            <Values target={target} targets={targets} original={original} />
            <Found target={target} targets={targets} original={original} />
          </div>
        )}
      </Section>
    </section>
  );
}

function Values(props: {
  target: Target;
  targets: Targets;
  original: Original;
}) {
  const { target, targets, original } = props;
  const { key, copiesHidden, pending, place, text } = target;
  const { cluster, release } = original.address;
  const t = useText();
  const problems = useYamlProblems(text);
  const clusters = useClusters();
  const settings = clusters.value?.items.find(
    ({ name }) => name === place.cluster,
  );
  return (
    <div className={styles.stack}>
      {settings && (
        <Suggestions
          cluster={settings}
          text={text}
          onChange={next => targets.edit(key, { text: next })}
        />
      )}
      <Text as="p" variant="body-small" weight="bold">
        {t('helm.tab.values')}
      </Text>
      <CodeEditor
        label={t('helm.elsewhere.valuesFor', {
          place: place.cluster || t('helm.elsewhere.newTarget'),
        })}
        value={text}
        height={EDITOR_HEIGHT}
        onChange={
          pending === 'start' || pending === 'values'
            ? undefined
            : typed => targets.edit(key, { text: typed })
        }
      />
      <div role="status">
        {problems.map(({ line, message }) => (
          <ToneText key={`${line} ${message}`} as="p" tone="danger">
            {t('object.yaml.problem', { line: String(line), message })}
          </ToneText>
        ))}
      </div>
      {original.hidesValues && text.includes(HELM_MASK) && (
        <Checkbox
          isSelected={copiesHidden}
          isDisabled={pending === 'start'}
          onChange={value => targets.edit(key, { copiesHidden: value })}
        >
          {t('helm.elsewhere.hidden.copy', { cluster, release })}
        </Checkbox>
      )}
    </div>
  );
}

/** Shows what the check of a target found. */
function Found(props: {
  target: Target;
  targets: Targets;
  original: Original;
}) {
  const { target, targets, original } = props;
  const { key, check, failure, options, pending, takesOver } = target;
  const t = useText();
  if (pending === 'check') {
    return (
      <div role="status" aria-label={t('helm.preview.pending')}>
        <Skeleton width="100%" height={120} />
      </div>
    );
  }
  return (
    <>
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
  return (
    <div className={styles.stack}>
      <Text as="p">
        {request.kind === 'upgrade'
          ? t('helm.elsewhere.there.upgrade', {
              release: request.release,
              present: chartText(present?.chart),
            })
          : t('helm.elsewhere.there.nothing', { release: request.release })}
      </Text>
      {sameChart === 'Same' && (
        <ToneLabel
          tone="success"
          text={t('helm.elsewhere.same', {
            release: original.address.release,
            cluster: original.address.cluster,
          })}
        />
      )}
      {promotedFrom.map(({ cluster, namespace, release, revision }) => (
        <ToneLabel
          key={[cluster, namespace, release].join('/')}
          tone="success"
          text={t('helm.elsewhere.promoted', {
            ...{ cluster, namespace, release, revision: String(revision) },
          })}
        />
      ))}
    </div>
  );
}

/** Shows the operation of a target. */
function Started({ place, id }: { place: Target['place']; id: string }) {
  const t = useText();
  const hrefOf = useOperationHref();
  const release = useReleaseHref();
  const { value, error } = useOperation(place, id);
  return (
    <div className={styles.stack} role="status">
      {value && <OperationStateLabel operation={value} />}
      {value?.message !== undefined && <Text as="p">{value.message}</Text>}
      {!value && error !== undefined && <ProblemAlert error={error} />}
      <div className={styles.rowLinks}>
        <Link href={hrefOf(place, id)}>{t('helm.operation.show')}</Link>
        <Link href={release(place)}>{t('helm.operation.openRelease')}</Link>
      </div>
    </div>
  );
}
