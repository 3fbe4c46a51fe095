import { useState } from 'react';
import { Alert, Button, ButtonLink, Text } from '@backstage/ui';
import {
  HELM_MASK,
  HELM_MAX_VALUES,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import {
  ActionButton,
  useReleaseHref,
  useText,
  useUnsavedChanges,
} from '../../../kit';
import styles from '../helm.module.css';
import { Place } from '../install/PlaceFields';
import { reasonAgainst } from '../operations/reasonAgainst';
import { useRepositoriesWith } from '../upgrade/ChartChoice';
import own from './elsewhere.module.css';
import { OriginSection } from './OriginSection';
import { TargetCard } from './TargetCard';
import { Original, Target, useTargets } from './useTargets';

const MOST_TARGETS = 20;

/** Chooses targets for a release, checks them, and starts an operation for each. */
export function Elsewhere(props: {
  original: Original;
  view: HelmReleaseView;
  /** Why nothing can be installed now. */
  disabledReason?: string;
}) {
  const { original, view, disabledReason } = props;
  const t = useText();
  const href = useReleaseHref()(original.address);
  const offered = useRepositoriesWith(view.chart?.name);
  const [chosen, setChosen] = useState<string>();
  const repository = view.origin?.repository ?? chosen;
  const chart =
    repository !== undefined && view.chart
      ? { repository, name: view.chart.name, version: view.chart.version }
      : undefined;
  const targets = useTargets(original, chart);
  const { items } = targets;
  const open = items.filter(({ operation }) => !operation);
  const ready = open.filter(one => isReady(one));
  const sent = open.filter(({ pending }) => pending === 'start');
  const left = open.length - ready.length - sent.length;
  useUnsavedChanges(
    open.some(
      ({ place, text }) => place.cluster !== '' || text !== original.values,
    ),
  );
  const keysOf = (some: readonly Target[]) => some.map(({ key }) => key);
  const isWorking = items.some(({ pending }) => pending !== undefined);

  return (
    <>
      <OriginSection
        original={original}
        view={view}
        repository={repository}
        offered={offered}
        isDisabled={isWorking}
        onChange={next => {
          setChosen(next);
          targets.forget();
        }}
      />
      {original.hidesValues && (
        <Alert
          role="status"
          status="info"
          icon
          title={t('helm.elsewhere.hidden.title')}
          description={t('helm.elsewhere.hidden.description', {
            mask: HELM_MASK,
          })}
        />
      )}
      <div className={own.targets}>
        {items.map((target, index) => (
          <TargetCard
            key={target.key}
            number={index + 1}
            target={target}
            targets={targets}
            original={original}
            isOnly={items.length === 1}
          />
        ))}
      </div>
      <div className={styles.rowLinks}>
        <Button
          variant="secondary"
          isDisabled={items.length >= MOST_TARGETS}
          onPress={targets.add}
        >
          {t('helm.elsewhere.add')}
        </Button>
        {open.length > 0 && (
          <>
            <ActionButton
              variant={ready.length > 0 ? 'secondary' : 'primary'}
              isPending={items.some(({ pending }) => pending === 'check')}
              disabledReason={disabledReason ?? reasonAgainstCheck()}
              onPress={() =>
                targets.check(keysOf(open.filter(one => !sent.includes(one))))
              }
            >
              {t('helm.elsewhere.check')}
            </ActionButton>
            <ActionButton
              variant={ready.length > 0 ? 'primary' : 'secondary'}
              isPending={items.some(({ pending }) => pending === 'start')}
              disabledReason={disabledReason ?? reasonAgainstStart()}
              onPress={() => targets.start(keysOf(ready))}
            >
              {labelOf(ready)}
            </ActionButton>
          </>
        )}
        {items.some(({ waiting }) => waiting) && (
          <Button variant="secondary" onPress={targets.stop}>
            {t('helm.operation.stopWaiting')}
          </Button>
        )}
        <ButtonLink variant="tertiary" href={href}>
          {t(open.length > 0 ? 'common.cancel' : 'helm.elsewhere.back')}
        </ButtonLink>
      </div>
      {ready.length > 0 && left > 0 && (
        <Text as="p" color="secondary" role="status">
          {t('helm.elsewhere.left', { count: left })}
        </Text>
      )}
    </>
  );

  function labelOf(some: readonly Target[]): string {
    const clusters = new Set(some.map(({ place }) => place.cluster));
    if (some.length === 0) {
      return t('helm.elsewhere.install');
    }
    return t(
      clusters.size === some.length
        ? 'helm.elsewhere.installOn'
        : 'helm.elsewhere.installIn',
      { count: some.length },
    );
  }

  function reasonAgainstCheck(): string | undefined {
    if (!chart) {
      return t('helm.elsewhere.chooseRepository');
    }
    if (open.some(({ text }) => text.length > HELM_MAX_VALUES)) {
      return t('helm.upgrade.tooLong', {
        most: HELM_MAX_VALUES.toLocaleString('en'),
      });
    }
    return open.map(one => reasonOf(one)).find(Boolean);
  }

  function reasonOf(target: Target): string | undefined {
    const { cluster, namespace, release } = target.place;
    if (cluster === '' || namespace === '' || release === '') {
      return t('helm.elsewhere.choosePlaces');
    }
    const place = placeOf(target.place);
    if (place === placeOf(original.address)) {
      return t('helm.elsewhere.itself');
    }
    return items.some(
      one => one.key !== target.key && placeOf(one.place) === place,
    )
      ? t('helm.elsewhere.twice', { place })
      : undefined;
  }

  function reasonAgainstStart(): string | undefined {
    if (ready.length > 0) {
      return undefined;
    }
    return (
      open
        .map(
          one =>
            one.check && reasonAgainst(t, one.check.preview, one.takesOver),
        )
        .find(Boolean) ?? t('helm.elsewhere.checkFirst')
    );
  }

  function isReady({ check, pending, takesOver }: Target): boolean {
    return (
      check !== undefined &&
      pending === undefined &&
      reasonAgainst(t, check.preview, takesOver) === undefined
    );
  }
}

function placeOf({ cluster, namespace, release }: Place): string {
  return [cluster, namespace, release].join('/');
}
