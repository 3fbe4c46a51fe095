import { useMemo } from 'react';
import useMeasure from 'react-use/esm/useMeasure';
import {
  ButtonIcon,
  Cell,
  Column,
  ColumnConfig,
  Flex,
  Table,
  Text,
  Tooltip,
  TooltipTrigger,
  VisuallyHidden,
} from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Share } from '@berth/plugin-berth-common';
import { RiDeleteBinLine } from '@remixicon/react';
import { useGroupTitles } from '../../../kit/hooks';
import { namespaceRouteRef } from '../../../routes';
import {
  Moment,
  ShareStateLabel,
  Translate,
  useCauseText,
  useText,
  NameLink,
} from '../../../kit';
import styles from '../../../kit/page.module.css';

/** Below this width the table leaves out the group's Kubernetes name, which is also the name of the namespace. */
const NARROW = 640;
/** Below this width the namespace moves below the group. */
const PHONE = 420;
const REMOVE_WIDTH = 56;

type Row = Share & { id: string };

/** The groups that a cluster is shared with, failed ones first. */
export function SharesTable(props: {
  /** Name of the cluster. */
  cluster: string;
  shares: Share[];
  /** Without it, shares cannot be removed. */
  onRemove?: (share: Share) => void;
}) {
  const { cluster, shares, onRemove } = props;
  const t = useText();
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  const narrow = width > 0 && width < NARROW;
  const phone = width > 0 && width < PHONE;
  const titleOf = useGroupTitles(shares.map(({ group }) => group));
  const columns = useMemo(
    () => columnsOf(t, { cluster, narrow, phone, titleOf, onRemove }),
    [t, cluster, narrow, phone, titleOf, onRemove],
  );
  const rows = useMemo(
    () =>
      shares
        .map(share => ({ ...share, id: share.group }))
        .sort(
          (a, b) =>
            Number(b.state === 'Failed') - Number(a.state === 'Failed') ||
            a.group.localeCompare(b.group),
        ),
    [shares],
  );
  return (
    <div ref={ref}>
      <Table
        columnConfig={columns}
        data={rows}
        pagination={{ type: 'none' }}
        emptyState={<Text color="secondary">{t('access.empty')}</Text>}
      />
    </div>
  );
}

function columnsOf(
  t: Translate,
  options: {
    cluster: string;
    narrow: boolean;
    phone: boolean;
    titleOf: (group: string) => string;
    onRemove?: (share: Share) => void;
  },
): ColumnConfig<Row>[] {
  const { cluster, narrow, phone, titleOf, onRemove } = options;
  return [
    {
      id: 'group',
      label: t('access.column.group'),
      isRowHeader: true,
      defaultWidth: '1.2fr',
      minWidth: 96,
      cell: ({ group, namespace }) => (
        <Cell>
          <Flex direction="column" gap="1">
            <EntityRefLink entityRef={group} defaultKind="group" />
            {phone && <NamespaceLink cluster={cluster} namespace={namespace} />}
          </Flex>
        </Cell>
      ),
    },
    {
      id: 'kubernetesName',
      label: t('access.column.kubernetesName'),
      isHidden: narrow,
      minWidth: 150,
      cell: ({ kubernetesName }) => <NameCell name={kubernetesName} />,
    },
    {
      id: 'namespace',
      label: t('access.column.namespace'),
      isHidden: phone,
      minWidth: 116,
      cell: ({ namespace }) => (
        <Cell>
          <NamespaceLink cluster={cluster} namespace={namespace} />
        </Cell>
      ),
    },
    {
      id: 'state',
      label: t('access.column.state'),
      defaultWidth: '2fr',
      minWidth: 92,
      cell: share => <StateCell share={share} />,
    },
    {
      id: 'remove',
      label: t('access.column.actions'),
      header: () => (
        <Column id="remove" width={REMOVE_WIDTH}>
          <VisuallyHidden>{t('access.column.actions')}</VisuallyHidden>
        </Column>
      ),
      isHidden: !onRemove,
      width: REMOVE_WIDTH,
      cell: share => (
        <Cell>
          <TooltipTrigger>
            <ButtonIcon
              variant="secondary"
              icon={<RiDeleteBinLine />}
              aria-label={t('access.remove.label', {
                group: titleOf(share.group),
              })}
              onPress={() => onRemove?.(share)}
            />
            <Tooltip>
              {t('access.remove.label', {
                group: titleOf(share.group),
              })}
            </Tooltip>
          </TooltipTrigger>
        </Cell>
      ),
    },
  ];
}

function NameCell({ name }: { name: string }) {
  return (
    <Cell>
      <Text variant="body-medium" truncate title={name}>
        {name}
      </Text>
    </Cell>
  );
}

function NamespaceLink(props: { cluster: string; namespace: string }) {
  const { cluster, namespace } = props;
  const route = useRouteRef(namespaceRouteRef);
  return (
    <NameLink href={route({ name: cluster, namespace })} name={namespace} />
  );
}

function StateCell({ share }: { share: Share }) {
  const t = useText();
  const causeText = useCauseText();
  const { state, cause, message, since, nextTryAt } = share;
  return (
    <Cell>
      <Flex direction="column" gap="1">
        <span>
          <ShareStateLabel state={state} />{' '}
          <Text variant="body-small" color="secondary">
            {t('state.since', { time: <Moment at={since} display="age" /> })}
          </Text>
        </span>
        {state === 'Pending' && !message && (
          <Text variant="body-small" color="secondary">
            {t('access.pending')}
          </Text>
        )}
        {message && (
          <Text
            variant="body-small"
            color="secondary"
            className={styles.message}
          >
            {causeText(cause, message)}
          </Text>
        )}
        {nextTryAt && (
          <Text variant="body-small" color="secondary">
            {t('access.nextTry', { when: <Moment at={nextTryAt} /> })}
          </Text>
        )}
      </Flex>
    </Cell>
  );
}
