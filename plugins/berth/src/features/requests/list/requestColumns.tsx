import { Cell, ColumnConfig, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { AccessRequest } from '@berth/plugin-berth-common';
import { requestRouteRef } from '../../../routes';
import {
  Person,
  RequestStateLabel,
  groupOfSpec,
  useRequestTitle,
} from '../../../kit/request/parts';
import { Ellipsis, Moment, NameLink, Translate, TwoLines } from '../../../kit';

/** Table widths from which more columns fit, in pixels. */
export const REQUEST_BREAKPOINTS = [480, 820];

/**
 * Returns the columns of the list. The requester is left out if it is always the caller; a phone shows the
 * requester below the name.
 *
 * @param fitting - the number of breakpoints that the table reaches
 */
export function requestColumns(
  t: Translate,
  fitting: number,
  mine: boolean,
): ColumnConfig<AccessRequest>[] {
  const wide = fitting === REQUEST_BREAKPOINTS.length;
  const narrow = fitting === 0;
  return [
    {
      id: 'what',
      label: t('requests.column.what'),
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 170,
      cell: request => (
        <WhatCell
          request={request}
          withCluster={narrow}
          withWho={narrow && !mine}
        />
      ),
    },
    {
      id: 'cluster',
      label: t('requests.column.cluster'),
      isHidden: narrow,
      defaultWidth: '0.8fr',
      minWidth: 90,
      cell: ({ spec }) => (
        <Cell>
          <Text truncate title={spec.cluster}>
            {spec.cluster}
          </Text>
        </Cell>
      ),
    },
    {
      id: 'group',
      label: t('requests.column.group'),
      isHidden: !wide,
      defaultWidth: '1fr',
      minWidth: 110,
      cell: ({ spec }) => <GroupCell group={groupOfSpec(spec)} none="–" />,
    },
    {
      id: 'who',
      label: t('requests.column.who'),
      isHidden: mine || narrow,
      defaultWidth: '1fr',
      minWidth: 110,
      cell: ({ requester }) => (
        <Cell>
          <Ellipsis title={requester}>
            <Person actor={requester} />
          </Ellipsis>
        </Cell>
      ),
    },
    {
      id: 'state',
      label: t('requests.column.state'),
      defaultWidth: '1.2fr',
      minWidth: 190,
      cell: ({ state }) => (
        <Cell>
          <RequestStateLabel state={state} />
        </Cell>
      ),
    },
    {
      id: 'when',
      label: t('requests.column.when'),
      isHidden: narrow,
      defaultWidth: '0.9fr',
      minWidth: 90,
      cell: ({ updatedAt }) => (
        <Cell>
          <Text variant="body-small" color="secondary">
            <Moment at={updatedAt} display="short" />
          </Text>
        </Cell>
      ),
    },
  ];
}

function WhatCell(props: {
  request: AccessRequest;
  withCluster: boolean;
  withWho: boolean;
}) {
  const { request, withCluster, withWho } = props;
  const route = useRouteRef(requestRouteRef);
  const title = useRequestTitle()(request.spec);
  const { cluster, purpose } = request.spec;
  return (
    <Cell>
      <TwoLines>
        <NameLink href={route({ id: request.id })} weight="bold" name={title} />
        {withCluster && (
          <Text variant="body-small" truncate title={cluster}>
            {cluster}
          </Text>
        )}
        {withWho && (
          <Text variant="body-small" truncate>
            <Person actor={request.requester} />
          </Text>
        )}
        {purpose && (
          <Text variant="body-small" color="secondary" truncate title={purpose}>
            {purpose}
          </Text>
        )}
      </TwoLines>
    </Cell>
  );
}

function GroupCell({ group, none }: { group?: string; none: string }) {
  return (
    <Cell>
      {group ? (
        <Ellipsis title={group}>
          <EntityRefLink entityRef={group} defaultKind="group" hideIcon />
        </Ellipsis>
      ) : (
        <Text color="secondary">{none}</Text>
      )}
    </Cell>
  );
}
