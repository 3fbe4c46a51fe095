import { Alert, ButtonLink, Skeleton, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  HELM_MASK,
  HELM_MAX_VALUES,
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  ActionButton,
  Loaded,
  ProblemAlert,
  Section,
  ToneText,
  useReleaseHref,
  useText,
} from '../../../kit';
import { CodeEditor } from '../../../kit/code';
import { Polled, usePolled } from '../../../kit/query';
import styles from '../helm.module.css';
import { OperationOptions } from '../operations/OperationOptions';
import { PreviewResult } from '../operations/PreviewResult';
import { reasonAgainst } from '../operations/reasonAgainst';
import { Upgrade, UpgradeBase, useUpgrade } from './useUpgrade';

const HEIGHT = '50vh';

/** Edits the values of a release next to those of its chart, checks them, and starts the upgrade. */
export function UpgradeEditor(props: {
  address: HelmReleaseAddress;
  base: UpgradeBase;
  release: Polled<HelmReleaseView>;
  /** Why the release cannot be upgraded now. */
  disabledReason?: string;
}) {
  const { address, base, release, disabledReason } = props;
  const { revision: latest = base.revision } = release.value ?? {};
  const t = useText();
  const upgrade = useUpgrade(address, base, release);
  const { text, problems, previewing } = upgrade;
  const href = useReleaseHref()(address);
  return (
    <>
      {latest !== base.revision && (
        <Alert
          role="status"
          status="warning"
          icon
          title={t('helm.upgrade.changedMeanwhile', {
            latest: String(latest),
          })}
          description={t('helm.upgrade.changedHint', {
            base: String(base.revision),
          })}
          customActions={
            <ButtonLink
              size="small"
              variant="tertiary"
              href={`${href}/history?from=${base.revision}&to=${latest}`}
              target="_blank"
            >
              {t('helm.upgrade.compare')}
            </ButtonLink>
          }
        />
      )}
      <div className={styles.columns}>
        <Section title={t('helm.upgrade.yours')}>
          <div className={styles.stack}>
            {base.hidesValues && (
              <Text as="p" variant="body-small" color="secondary">
                {t('helm.upgrade.hidden', { mask: HELM_MASK })}
              </Text>
            )}
            <CodeEditor
              label={t('helm.upgrade.editLabel', { release: address.release })}
              value={text}
              onChange={upgrade.isStarting ? undefined : upgrade.type}
              height={HEIGHT}
            />
            <div role="status">
              {problems.map(({ line, message }) => (
                <ToneText key={`${line} ${message}`} as="p" tone="danger">
                  {t('object.yaml.problem', { line: String(line), message })}
                </ToneText>
              ))}
            </div>
          </div>
        </Section>
        <Defaults address={address} revision={base.revision} />
      </div>
      <div className={styles.rowLinks}>
        <ActionButton
          variant="primary"
          isPending={previewing.isPending}
          disabledReason={reasonAgainstCheck()}
          onPress={upgrade.check}
        >
          {t('helm.upgrade.check')}
        </ActionButton>
        <ButtonLink variant="secondary" href={href}>
          {t('common.cancel')}
        </ButtonLink>
      </div>
      {upgrade.failure !== undefined && (
        <ProblemAlert
          error={upgrade.failure}
          title={t('helm.upgrade.failed')}
        />
      )}
      <Result upgrade={upgrade} disabledReason={disabledReason} />
    </>
  );

  function reasonAgainstCheck(): string | undefined {
    if (text.length > HELM_MAX_VALUES) {
      return t('helm.upgrade.tooLong', {
        most: HELM_MAX_VALUES.toLocaleString('en'),
      });
    }
    return problems.length > 0 ? t('object.yaml.fixFirst') : disabledReason;
  }
}

/** Shows the values of the chart, from which people copy those that they want to change. */
function Defaults(props: { address: HelmReleaseAddress; revision: number }) {
  const { address, revision } = props;
  const { release } = address;
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['release', address, 'defaults', revision],
    load: () => api.getReleaseValues(address, { revision, defaults: true }),
    ignoresChanges: true,
  });
  return (
    <Section title={t('helm.upgrade.defaults')}>
      <Loaded
        polled={polled}
        title={t('helm.values.failed')}
        height={300}
        render={({ yaml }) => (
          <CodeEditor
            label={t('helm.upgrade.defaultsLabel', { release })}
            value={yaml}
            height={HEIGHT}
          />
        )}
      />
    </Section>
  );
}

/** Shows what the upgrade would do, and the button that starts it. */
function Result(props: { upgrade: Upgrade; disabledReason?: string }) {
  const { upgrade, disabledReason } = props;
  const { previewing, options, takesOver } = upgrade;
  const { checked, failure, isPending } = previewing;
  const t = useText();
  if (isPending) {
    return (
      <div role="status" aria-label={t('helm.preview.pending')}>
        <Skeleton width="100%" height={160} />
      </div>
    );
  }
  if (failure !== undefined) {
    return <ProblemAlert error={failure} title={t('helm.preview.failed')} />;
  }
  if (!checked) {
    return null;
  }
  return (
    <Section title={t('helm.preview.title')}>
      <div className={styles.stack}>
        <PreviewResult
          preview={checked.preview}
          takesOver={takesOver}
          onTakesOverChange={upgrade.setTakesOver}
        />
        {checked.preview.refusals.length === 0 && (
          <>
            <OperationOptions
              kind="upgrade"
              options={options}
              onChange={upgrade.setOptions}
            />
            <div>
              <ActionButton
                variant="primary"
                isPending={upgrade.isStarting}
                disabledReason={
                  disabledReason ?? reasonAgainst(t, checked.preview, takesOver)
                }
                onPress={upgrade.apply}
              >
                {t('helm.upgrade.apply')}
              </ActionButton>
            </div>
          </>
        )}
      </div>
    </Section>
  );
}
