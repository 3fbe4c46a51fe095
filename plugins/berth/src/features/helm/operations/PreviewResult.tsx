import { Alert, Checkbox, Text, VisuallyHidden } from '@backstage/ui';
import { HelmPreview } from '@berth/plugin-berth-common';
import { RiCheckLine, RiCloseLine } from '@remixicon/react';
import { useText } from '../../../kit';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import styles from '../helm.module.css';
import { Differences } from '../release/Differences';
import { DefaultChanges } from './DefaultChanges';
import { PreviewHooks } from './PreviewHooks';

/** Shows what an operation would do, and what is in its way. */
export function PreviewResult(props: {
  preview: HelmPreview;
  /** Whether the operation takes over fields of others. */
  takesOver: boolean;
  onTakesOverChange: (takesOver: boolean) => void;
}) {
  const { preview, takesOver, onTakesOverChange } = props;
  const { refusals, warnings, rights, conflicts, changes, defaults } = preview;
  const { hooks = [] } = preview;
  const t = useText();
  return (
    <div className={styles.stack}>
      {refusals.length > 0 && (
        <Sentences
          tone="danger"
          title={t('helm.preview.refused')}
          items={refusals}
        />
      )}
      {warnings.length > 0 && (
        <Sentences
          tone="warning"
          title={t('helm.preview.warnings')}
          items={warnings}
        />
      )}
      {conflicts.length > 0 && (
        <Conflicts
          conflicts={conflicts}
          takesOver={takesOver}
          onTakesOverChange={onTakesOverChange}
        />
      )}
      {hooks.length > 0 && <PreviewHooks hooks={hooks} />}
      {defaults && <DefaultChanges changes={defaults} />}
      {rights.length > 0 && <Rights rights={rights} />}
      {changes && (
        <section aria-label={t('helm.preview.changes')}>
          <Differences diff={changes} nothing={t('helm.preview.nothing')} />
        </section>
      )}
    </div>
  );
}

function Sentences(props: {
  tone: 'danger' | 'warning';
  title: string;
  items: readonly string[];
}) {
  const { tone, title, items } = props;
  return (
    <Alert
      role={tone === 'danger' ? 'alert' : 'status'}
      status={tone}
      icon
      title={title}
      description={
        <ul className={styles.sentences}>
          {items.map(item => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      }
    />
  );
}

function Conflicts(props: {
  conflicts: HelmPreview['conflicts'];
  takesOver: boolean;
  onTakesOverChange: (takesOver: boolean) => void;
}) {
  const { conflicts, takesOver, onTakesOverChange } = props;
  const t = useText();
  const column = {
    object: t('helm.objects.object'),
    field: t('helm.drift.field'),
    manager: t('helm.preview.manager'),
  };
  return (
    <section className={styles.stack} aria-label={t('helm.preview.conflicts')}>
      <Alert
        role="status"
        status="warning"
        icon
        title={t('helm.preview.conflicts')}
        description={t('helm.preview.conflictsHint')}
      />
      <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
        {conflicts.map(({ object, field, manager }) => (
          <FoldingRow
            key={[object, field, manager].join(' ')}
            header={object}
            cells={[
              {
                label: column.field,
                content: <span className={styles.code}>{field}</span>,
              },
              { label: column.manager, content: manager },
            ]}
          />
        ))}
      </FoldingTable>
      <Checkbox isSelected={takesOver} onChange={onTakesOverChange}>
        {t('helm.preview.takeOver')}
      </Checkbox>
    </section>
  );
}

/** Shows what the cluster must allow, folded if it allows everything. */
function Rights({ rights }: { rights: HelmPreview['rights'] }) {
  const t = useText();
  const missing = rights.filter(({ allowed }) => !allowed);
  return (
    <details className={styles.folded} open={missing.length > 0}>
      <summary>
        {missing.length > 0
          ? t('helm.preview.rightsMissing', { count: missing.length })
          : t('helm.preview.rightsHeld')}
      </summary>
      <ul className={styles.rights}>
        {[...missing, ...rights.filter(({ allowed }) => allowed)].map(right => (
          <Right
            key={[
              right.verb,
              right.group,
              right.resource,
              right.namespace,
            ].join()}
            right={right}
          />
        ))}
      </ul>
    </details>
  );
}

function Right({ right }: { right: HelmPreview['rights'][number] }) {
  const { verb, group, resource, namespace, names, allowed, help } = right;
  const t = useText();
  const Mark = allowed ? RiCheckLine : RiCloseLine;
  return (
    <li data-allowed={allowed}>
      <Mark aria-hidden="true" size={18} />
      <div>
        <VisuallyHidden>
          {allowed ? t('helm.preview.allowed') : t('helm.preview.notAllowed')}
        </VisuallyHidden>{' '}
        {t(
          namespace === undefined
            ? 'helm.preview.rightOnCluster'
            : 'helm.preview.right',
          {
            verb,
            resource: group === '' ? resource : `${resource}.${group}`,
            namespace: namespace ?? '',
          },
        )}
        {names.length > 0 && (
          <Text as="p" variant="body-small" color="secondary">
            {names.join(', ')}
          </Text>
        )}
        {help !== undefined && (
          <Text as="p" variant="body-small">
            {help}
          </Text>
        )}
      </div>
    </li>
  );
}
