import { Alert, Select } from '@backstage/ui';
import { HelmReleaseView } from '@berth/plugin-berth-common';
import { Facts, Section, useText } from '../../../kit';
import { chartText } from '../list/select';
import styles from '../helm.module.css';
import { Original } from './useTargets';

/** Of a digest; enough to compare by eye. */
const DIGITS = 12;

/** Shows which chart goes elsewhere. A person chooses the repository of one whose origin is not known. */
export function OriginSection(props: {
  original: Original;
  view: HelmReleaseView;
  repository?: string;
  /** Repositories with a chart of the same name. */
  offered: string[];
  isDisabled: boolean;
  onChange: (repository: string) => void;
}) {
  const { original, view, repository, offered, isDisabled, onChange } = props;
  const t = useText();
  const { origin } = view;
  const facts = [
    { label: t('helm.column.revision'), value: String(original.revision) },
    { label: t('helm.column.chart'), value: chartText(view.chart) },
    ...(origin
      ? [{ label: t('charts.facts.repository'), value: origin.repository }]
      : []),
    ...(origin?.digest === undefined
      ? []
      : [
          {
            label: t('helm.elsewhere.digest'),
            value: (
              <span className={styles.code} title={origin.digest}>
                sha256:{origin.digest.slice(0, DIGITS)}
              </span>
            ),
          },
        ]),
  ];
  return (
    <Section title={t('helm.elsewhere.origin')}>
      <div className={styles.stack}>
        <Facts items={facts} />
        {!origin && (
          <>
            <Alert
              role="status"
              status="warning"
              icon
              title={t('helm.elsewhere.unknown.title')}
              description={t(
                offered.length > 0
                  ? 'helm.elsewhere.unknown.choose'
                  : 'helm.elsewhere.unknown.none',
                { chart: view.chart?.name ?? '' },
              )}
            />
            {offered.length > 0 && (
              <Select
                label={t('charts.facts.repository')}
                placeholder={t('helm.elsewhere.chooseRepository')}
                isRequired
                isDisabled={isDisabled}
                value={repository ?? null}
                options={offered.map(id => ({ id, label: id }))}
                onChange={key => onChange(String(key))}
              />
            )}
          </>
        )}
      </div>
    </Section>
  );
}
