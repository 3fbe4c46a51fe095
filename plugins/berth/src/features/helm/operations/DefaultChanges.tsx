import { Text } from '@backstage/ui';
import { HelmPreview } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import styles from '../helm.module.css';

type Change = NonNullable<HelmPreview['defaults']>[number];

/** Shows which values of the chart differ in its new version, first those that the person sets, too. */
export function DefaultChanges({ changes }: { changes: Change[] }) {
  const t = useText();
  const yours = changes.filter(one => one.yours);
  const others = changes.filter(one => !one.yours);
  return (
    <>
      {yours.length > 0 && (
        <section
          className={styles.stack}
          aria-label={t('helm.preview.defaults.yours')}
        >
          <Text weight="bold">{t('helm.preview.defaults.yours')}</Text>
          <Text as="p" variant="body-small" color="secondary">
            {t('helm.preview.defaults.yoursHint')}
          </Text>
          <ChangeTable changes={yours} />
        </section>
      )}
      {others.length > 0 && (
        <details className={styles.folded}>
          <summary>
            {t('helm.preview.defaults.others', { count: others.length })}
          </summary>
          <ChangeTable changes={others} />
        </details>
      )}
    </>
  );
}

function ChangeTable({ changes }: { changes: Change[] }) {
  const t = useText();
  const column = {
    path: t('helm.preview.defaults.value'),
    change: t('helm.preview.defaults.change'),
    before: t('helm.preview.defaults.before'),
    after: t('helm.preview.defaults.after'),
  };
  return (
    <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
      {changes.map(({ path, change, before = '–', after = '–' }) => (
        <FoldingRow
          key={path}
          header={<span className={styles.code}>{path}</span>}
          cells={[
            {
              label: column.change,
              content: t(`helm.preview.defaults.kind.${change}`),
            },
            {
              label: column.before,
              content: <span className={styles.code}>{before}</span>,
            },
            {
              label: column.after,
              content: <span className={styles.code}>{after}</span>,
            },
          ]}
        />
      ))}
    </FoldingTable>
  );
}
