import { useCallback, useMemo, useState } from 'react';
import {
  Cell,
  ColumnConfig,
  Switch,
  Text,
  ButtonIcon,
  Flex,
} from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  ClusterQuotas,
  ManagedNamespace,
  NamespaceAddress,
  QuotaTotal,
} from '@berth/plugin-berth-common';
import { useSearchParams } from 'react-router-dom';
import Drawer from '@material-ui/core/Drawer';
import { RiCloseLine } from '@remixicon/react';
import { namespaceRouteRef } from '../../routes';
import { Section } from '../../kit/Section';
import { QuotaBars, tightestOf } from '../../kit/quota';
import {
  ActionButton,
  FIRST_PAGE,
  ListSearch,
  ResourceTable,
  ToneText,
  Translate,
  pageOf,
  useReadOnlyReason,
  useText,
  mayDiscard,
  NameLink,
} from '../../kit';
import styles from './QuotasPage.module.css';
import { QuotaEditor } from './editor/QuotaEditor';

type Row = ManagedNamespace & { id: string };

/** Lists the namespaces of a cluster with quota and usage: unbounded ones first, then the tightest. */
export function QuotaRows(props: {
  quotas: ClusterQuotas;
  onChanged: () => Promise<void>;
}) {
  const { quotas, onChanged } = props;
  const t = useText();
  const [search, setSearch] = useState('');
  const [onlyUnbounded, setOnlyUnbounded] = useState(false);
  const [paging, setPaging] = useState(FIRST_PAGE);
  const [parameters, setParameters] = useSearchParams();
  const editing = parameters.get('edit') ?? undefined;
  const setEditing = useCallback(
    (namespace?: string) =>
      setParameters(before => {
        const after = new URLSearchParams(before);
        after.delete('edit');
        if (namespace !== undefined) {
          after.set('edit', namespace);
        }
        return after;
      }),
    [setParameters],
  );
  const readOnly = useReadOnlyReason();
  const columns = useCallback(
    () => columnsOf(t, setEditing, readOnly),
    [t, setEditing, readOnly],
  );
  const page = useMemo(
    () => pageOf(select(quotas.items, search, onlyUnbounded), paging),
    [quotas, search, onlyUnbounded, paging],
  );
  return (
    <Section title={t('quotas.rows.title')}>
      <div className={styles.toolbar}>
        <ListSearch
          className={styles.search}
          label={t('quotas.rows.search')}
          value={search}
          onChange={setSearch}
        />
        <Switch
          label={t('quotas.rows.onlyUnbounded')}
          isSelected={onlyUnbounded}
          onChange={setOnlyUnbounded}
        />
      </div>
      {quotas.items.length < quotas.totalItems && (
        <Text as="p" variant="body-small" color="secondary">
          {t('mine.tooMany', {
            shown: String(quotas.items.length),
            total: String(quotas.totalItems),
          })}
        </Text>
      )}
      <ResourceTable
        isRoomy
        page={page}
        columns={columns}
        query={paging}
        onQueryChange={change =>
          setPaging(before => ({ ...before, ...change }))
        }
        pageLabel={range => t('namespaces.page', range)}
        emptyState={
          <Text color="secondary">
            {quotas.items.length === 0
              ? t('quotas.rows.empty')
              : t('quotas.rows.noMatch')}
          </Text>
        }
      />
      {editing !== undefined && (
        <QuotaPanel
          address={{ cluster: quotas.cluster, namespace: editing }}
          totals={quotas.totals}
          onClose={() => setEditing()}
          onSaved={async () => {
            setEditing();
            await onChanged();
          }}
        />
      )}
    </Section>
  );
}

function select(
  items: ManagedNamespace[],
  search: string,
  onlyUnbounded: boolean,
): Row[] {
  const term = search.trim().toLowerCase();
  return items
    .filter(({ name }) => name.includes(term))
    .filter(({ quota }) => !onlyUnbounded || !quota)
    .map(namespace => ({ ...namespace, id: namespace.name }))
    .sort(
      (a, b) => urgency(b) - urgency(a) || a.name.localeCompare(b.name, 'en'),
    );
}

/** Ranks a namespace: unbounded ones come first, those without observed usage last. */
function urgency({ quota }: ManagedNamespace): number {
  return quota ? tightestOf(quota)?.fraction ?? -1 : Infinity;
}

function columnsOf(
  t: Translate,
  onEdit: (namespace: string) => void,
  readOnly: string | undefined,
): ColumnConfig<Row>[] {
  return [
    {
      id: 'namespace',
      label: t('quotas.column.namespace'),
      isRowHeader: true,
      minWidth: 116,
      cell: row => <NameCell namespace={row} />,
    },
    {
      id: 'use',
      label: t('quotas.column.use'),
      defaultWidth: '4fr',
      minWidth: 98,
      cell: ({ quota }) => (
        <Cell>
          {quota ? (
            <QuotaBars quota={quota} />
          ) : (
            <ToneText tone="warning">{t('quotas.rows.unbounded')}</ToneText>
          )}
        </Cell>
      ),
    },
    {
      id: 'actions',
      label: t('quotas.column.actions'),
      width: 120,
      cell: ({ name, quota }) => (
        <Cell>
          <ActionButton
            variant="secondary"
            size="small"
            disabledReason={readOnly}
            aria-label={t(quota ? 'quotas.rows.edit' : 'quotas.rows.set', {
              namespace: name,
            })}
            onPress={() => onEdit(name)}
          >
            {quota ? t('quotas.rows.editShort') : t('quotas.rows.setShort')}
          </ActionButton>
        </Cell>
      ),
    },
  ];
}

function NameCell({ namespace }: { namespace: ManagedNamespace }) {
  const route = useRouteRef(namespaceRouteRef);
  const { cluster, name } = namespace;
  return (
    <Cell>
      <NameLink
        href={`${route({ name: cluster, namespace: name })}/quota`}
        weight="bold"
        name={name}
      />
    </Cell>
  );
}

const TITLE_ID = 'berth-quota-panel-title';

/** Edits one quota in a panel next to the list, which keeps its place. */
export function QuotaPanel(props: {
  address: NamespaceAddress;
  totals: QuotaTotal[];
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { address, totals, onClose, onSaved } = props;
  const { cluster, namespace } = address;
  const t = useText();
  const close = () => mayDiscard() && onClose();
  return (
    <Drawer
      anchor="right"
      open
      onClose={close}
      // The menus and dialogs of @backstage/ui render outside the panel and take the focus themselves.
      disableEnforceFocus
      PaperProps={{
        className: styles.panel,
        role: 'dialog',
        'aria-labelledby': TITLE_ID,
      }}
    >
      <Flex justify="between" align="center" gap="3">
        <div>
          <Text as="h2" id={TITLE_ID} variant="title-x-small" weight="bold">
            {t('quotas.editor.title', { namespace })}
          </Text>
          <Text variant="body-small" color="secondary">
            {t('quotas.editor.on', { cluster })}
          </Text>
        </div>
        <ButtonIcon
          variant="tertiary"
          icon={<RiCloseLine />}
          aria-label={t('quotas.editor.close')}
          onPress={close}
        />
      </Flex>
      <QuotaEditor address={address} totals={totals} onSaved={onSaved} />
    </Drawer>
  );
}
