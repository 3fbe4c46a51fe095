import { Cell, ColumnConfig, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { AccessRequest } from '@berth/plugin-berth-common';
import { requestRouteRef } from '../../routes';
import {
  Person,
  RequestStateLabel,
  askGroup,
  useAskTitle,
} from '../RequestParts';
import { Ellipsis, Moment, Translate, TwoLines } from '../common';

/** The columns of the list. Who asks is left out where it is always the caller. */
export function requestColumns(
  t: Translate,
  options: { wide: boolean; mine: boolean },
): ColumnConfig<AccessRequest>[] {
  return [
    {
      id: 'what',
      label: t('requests.column.what'),
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 170,
      cell: request => <WhatCell request={request} />,
    },
    {
      id: 'cluster',
      label: t('requests.column.cluster'),
      defaultWidth: '0.8fr',
      minWidth: 90,
      cell: ({ ask }) => (
        <Cell>
          <Text truncate title={ask.cluster}>
            {ask.cluster}
          </Text>
        </Cell>
      ),
    },
    {
      id: 'group',
      label: t('requests.column.group'),
      isHidden: !options.wide,
      defaultWidth: '1fr',
      minWidth: 110,
      cell: ({ ask }) => <GroupCell group={askGroup(ask)} none="–" />,
    },
    {
      id: 'who',
      label: t('requests.column.who'),
      isHidden: options.mine,
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
      minWidth: 175,
      cell: ({ state }) => (
        <Cell>
          <RequestStateLabel state={state} />
        </Cell>
      ),
    },
    {
      id: 'when',
      label: t('requests.column.when'),
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

function WhatCell({ request }: { request: AccessRequest }) {
  const route = useRouteRef(requestRouteRef);
  const title = useAskTitle()(request.ask);
  const { purpose } = request.ask;
  return (
    <Cell>
      <TwoLines>
        <Link
          href={route({ id: request.id })}
          variant="body-medium"
          weight="bold"
          truncate
          standalone
          title={title}
        >
          {title}
        </Link>
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
