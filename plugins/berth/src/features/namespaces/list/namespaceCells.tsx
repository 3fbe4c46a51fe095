import {
  Cell,
  Text,
  ButtonIcon,
  Menu,
  MenuItem,
  MenuTrigger,
} from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  RiDeleteBinLine,
  RiGroupLine,
  RiMore2Line,
  RiPieChartLine,
} from '@remixicon/react';
import { namespaceRouteRef } from '../../../routes';
import {
  NamespaceNameCell,
  TwoLines,
  useText,
  Moment,
  ToneText,
} from '../../../kit';
import { groupName } from '../../../kit/format';

/** Shows the name with a link to the namespace's page, and the purpose. */
export function NameCell(props: {
  namespace: ManagedNamespace;
  /** Whether the cluster has no column of its own. */
  withCluster: boolean;
}) {
  const { home, purpose } = props.namespace;
  const t = useText();
  return (
    <NamespaceNameCell
      {...props}
      detail={purpose ?? (home ? t('namespaces.home') : undefined)}
    />
  );
}

const SHOWN = 3;

/** Shows the person and the first groups with access, with their roles and ends. */
export function SharedCell({ namespace }: { namespace: ManagedNamespace }) {
  const { grants } = namespace;
  const personal = namespace.personal?.absent ? undefined : namespace.personal;
  const t = useText();
  if (grants.length === 0 && !personal) {
    return (
      <Cell>
        <Text variant="body-small" color="secondary">
          {t('namespaces.notShared')}
        </Text>
      </Cell>
    );
  }
  const rest = grants.slice(SHOWN);
  return (
    <Cell>
      <TwoLines>
        {personal && (
          <Text as="p" variant="body-small" truncate title={personal.user}>
            {t('namespaces.grant', {
              group: (
                <EntityRefLink
                  entityRef={personal.user}
                  defaultKind="user"
                  hideIcon
                />
              ),
              role: t(`role.${personal.role}`),
            })}
          </Text>
        )}
        {grants.slice(0, SHOWN).map(({ group, role, expiresAt, warning }) => {
          const words = {
            group: (
              <EntityRefLink entityRef={group} defaultKind="group" hideIcon />
            ),
            role: t(`role.${role}`),
          };
          const sentence = expiresAt
            ? t('namespaces.grantUntil', {
                ...words,
                when: <Moment at={expiresAt} display="clock" />,
              })
            : t('namespaces.grant', words);
          const line = {
            as: 'p',
            variant: 'body-small',
            truncate: true,
            title: warning ?? `${groupName(group)} ${role}`,
            children: sentence,
          } as const;
          return warning ? (
            <ToneText key={group} tone="warning" {...line} />
          ) : (
            <Text key={group} {...line} />
          );
        })}
        {rest.length > 0 && (
          <Text
            variant="body-small"
            color="secondary"
            title={rest
              .map(({ group, role }) => `${groupName(group)} ${role}`)
              .join(', ')}
          >
            {t('namespaces.more', { number: String(rest.length) })}
          </Text>
        )}
      </TwoLines>
    </Cell>
  );
}

/** Shows the actions on a namespace, each a link to its tab. */
export function ActionsCell({ namespace }: { namespace: ManagedNamespace }) {
  const t = useText();
  const route = useRouteRef(namespaceRouteRef);
  const { cluster, name } = namespace;
  const base = route({ name: cluster, namespace: name });
  return (
    <Cell>
      <MenuTrigger>
        <ButtonIcon
          variant="tertiary"
          icon={<RiMore2Line />}
          aria-label={t('namespaces.actions', { namespace: name, cluster })}
        />
        <Menu>
          <MenuItem iconStart={<RiGroupLine />} href={`${base}/access`}>
            {t('namespaces.editAccess')}
          </MenuItem>
          <MenuItem iconStart={<RiPieChartLine />} href={`${base}/quota`}>
            {t('namespaces.editQuota')}
          </MenuItem>
          <MenuItem iconStart={<RiDeleteBinLine />} href={`${base}/danger`}>
            {t('namespaces.delete')}
          </MenuItem>
        </Menu>
      </MenuTrigger>
    </Cell>
  );
}
