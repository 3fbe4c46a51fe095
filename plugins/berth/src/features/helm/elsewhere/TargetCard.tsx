import { ButtonIcon, Checkbox, Link, Text } from '@backstage/ui';
import { HELM_MASK } from '@berth/plugin-berth-common';
import { RiCloseLine } from '@remixicon/react';
import {
  ProblemAlert,
  Section,
  ToneText,
  useReleaseHref,
  useText,
} from '../../../kit';
import { CodeEditor, useYamlProblems } from '../../../kit/code';
import { useClusters } from '../../../kit/hooks';
import styles from '../helm.module.css';
import { PlaceFields } from '../install/PlaceFields';
import { useOperationHref } from '../operations/address';
import { OperationStateLabel } from '../operations/OperationStateLabel';
import { useOperation } from '../operations/useOperation';
import { Suggestions } from './Suggestions';
import { TargetFindings } from './TargetFindings';
import { Original, Target, Targets } from './useTargets';

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
            <TargetFindings
              target={target}
              targets={targets}
              original={original}
            />
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
