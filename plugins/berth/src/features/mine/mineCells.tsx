import { Cell, Text, ButtonIcon, Tooltip, TooltipTrigger } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ClusterState, ManagedNamespace } from '@berth/plugin-berth-common';
import { RiKey2Line } from '@remixicon/react';
import { clusterRouteRef } from '../../routes';
import {
  NamespaceNameCell,
  NamespaceStatusLabel,
  TwoLines,
  Clamped,
  ClusterStateLabel,
  useClusterProblem,
  useText,
  GroupPath,
  Moment,
  ToneText,
  ActionButton,
  NameLink,
} from '../../kit';
import { MineRow } from './mine';
import { useAccess, useNow } from '../../kit/hooks';
import { entryOf } from '../../kit/kubeconfig/entry';

/** How long before the end of a role its meaning is explained. */
const SOON_MS = 60 * 60_000;
const TICK_MS = 30_000;

/** A link to the namespace's page, with the status unless the namespace is simply active. */
export function NameCell(props: {
  namespace: ManagedNamespace;
  clusterState?: ClusterState;
  /** Whether the cluster has no column of its own. */
  withCluster: boolean;
}) {
  const { namespace, clusterState, withCluster } = props;
  const { phase, state, purpose } = namespace;
  return (
    <NamespaceNameCell
      namespace={namespace}
      withCluster={withCluster}
      detail={
        phase !== 'Active' || state === 'Failed' ? (
          <NamespaceStatusLabel
            namespace={namespace}
            clusterState={clusterState}
          />
        ) : (
          purpose
        )
      }
    />
  );
}

/** Shows the cluster with its state and a description of its problem. */
export function ClusterCell({ row: { namespace, cluster } }: { row: MineRow }) {
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const problem = useClusterProblem();
  const name = namespace.cluster;
  if (!cluster) {
    return (
      <Cell>
        <TwoLines>
          <Text truncate title={name}>
            {name}
          </Text>
          <Text variant="body-small" color="secondary">
            {t('mine.unknownCluster')}
          </Text>
        </TwoLines>
      </Cell>
    );
  }
  const message = problem(cluster);
  return (
    <Cell>
      <TwoLines>
        <NameLink
          href={route({ name })}
          title={cluster.title ?? name}
          name={name}
        />
        <ClusterStateLabel status={cluster.status} />
        {message && (
          <Clamped title={message}>
            <Text variant="body-small" color="secondary">
              {message}
            </Text>
          </Clamped>
        )}
      </TwoLines>
    </Cell>
  );
}

/** Shows the strongest role, the groups through which the person has it, and its end. */
export function RolesCell({ row }: { row: MineRow }) {
  const { grants, own } = row;
  const t = useText();
  const { value: access } = useAccess();
  const now = useNow(TICK_MS);
  const [grant, ...others] = grants;
  if (own) {
    return (
      <Cell>
        <Text variant="body-medium">
          {t('mine.own', { role: <b>{t(`role.${own}`)}</b> })}
        </Text>
      </Cell>
    );
  }
  if (!grant) {
    return (
      <Cell>
        <Text variant="body-small" color="secondary">
          {t('mine.noGrant')}
        </Text>
      </Cell>
    );
  }
  const { group, role, expiresAt, warning } = grant;
  const words = {
    role: <b>{t(`role.${role}`)}</b>,
    group: <GroupPath path={access?.paths?.[group] ?? [group]} />,
  };
  return (
    <Cell>
      <TwoLines>
        <Clamped>
          <Text variant="body-medium">
            {expiresAt
              ? t('mine.viaUntil', {
                  ...words,
                  when: <Moment at={expiresAt} display="clock" />,
                })
              : t('mine.via', words)}
          </Text>
        </Clamped>
        {expiresAt && Date.parse(expiresAt) - now < SOON_MS && (
          <Text variant="body-small" color="secondary">
            {t('mine.untilHint')}
          </Text>
        )}
        {warning && (
          <Clamped title={warning}>
            <ToneText variant="body-small" tone="warning">
              {warning}
            </ToneText>
          </Clamped>
        )}
        {others.length > 0 && (
          <Text
            variant="body-small"
            color="secondary"
            title={others
              .map(other => `${other.group} ${other.role}`)
              .join(', ')}
          >
            {t('mine.more', { count: others.length })}
          </Text>
        )}
      </TwoLines>
    </Cell>
  );
}

/** Opens the kubeconfig for a namespace, or explains why there is none. */
export function KubeconfigCell(props: { row: MineRow; onOpen: () => void }) {
  const { row, onOpen } = props;
  const t = useText();
  const { value: access } = useAccess();
  const { cluster, namespace } = row;
  const label = t('mine.kubeconfig', {
    namespace: namespace.name,
    cluster: namespace.cluster,
  });
  if (!cluster || !entryOf(cluster, access).allowed) {
    return (
      <ActionButton
        variant="secondary"
        iconStart={<RiKey2Line />}
        aria-label={label}
        disabledReason={t('mine.noKubeconfig')}
      />
    );
  }
  return (
    <TooltipTrigger>
      <ButtonIcon
        variant="secondary"
        icon={<RiKey2Line />}
        aria-label={label}
        onPress={onOpen}
      />
      <Tooltip>{label}</Tooltip>
    </TooltipTrigger>
  );
}
