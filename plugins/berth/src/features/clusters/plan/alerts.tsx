import { ButtonLink, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  Cluster,
  FormerRegistration,
  HeldDeletions,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { readsEverything, useAccess } from '../../../kit/hooks';
import { clusterRouteRef } from '../../../routes';
import {
  ConfirmAlert,
  Moment,
  useMomentText,
  useReadOnlyReason,
  useText,
} from '../../../kit';

/**
 * Warns that another cluster answers at the address. An admin confirms that the cluster was rebuilt, or corrects
 * the address.
 */
export function AnotherClusterAlert(props: {
  cluster: Cluster;
  foundUid: string;
  onConfirmed: () => Promise<void>;
}) {
  const { foundUid, onConfirmed } = props;
  const cluster = props.cluster.name;
  const t = useText();
  const api = useApi(berthApiRef);
  const route = useRouteRef(clusterRouteRef);
  const { value: access } = useAccess();
  const readOnly = useReadOnlyReason();
  return (
    <ConfirmAlert
      alert={{
        role: 'alert',
        status: 'danger',
        title: t('plan.rebuilt.title', { cluster }),
        description: t('plan.rebuilt.description', { uid: foundUid }),
      }}
      button={readsEverything(access) ? t('plan.rebuilt.confirm') : undefined}
      disabledReason={readOnly}
      other={
        <ButtonLink
          variant="secondary"
          href={`${route({ name: cluster })}/settings`}
        >
          {t('plan.rebuilt.wrong')}
        </ButtonLink>
      }
      dialog={{
        title: t('plan.rebuilt.confirmTitle', { cluster }),
        action: t('plan.rebuilt.action'),
        failed: t('plan.rebuilt.failed'),
        onConfirm: async () => {
          await api.confirmRebuilt(cluster, { kubeSystemUid: foundUid });
          await onConfirmed();
        },
        children: <Text>{t('plan.rebuilt.consequence', { cluster })}</Text>,
      }}
    />
  );
}

/** Lists namespaces of a deleted registration of the same cluster, with a button to take them over. */
export function FormerRegistrationAlert(props: {
  cluster: string;
  former: FormerRegistration;
  onTakenOver: () => Promise<void>;
}) {
  const { cluster, former, onTakenOver } = props;
  const { id: formerId, name, deletedAt, namespaces } = former;
  const t = useText();
  const api = useApi(berthApiRef);
  const readOnly = useReadOnlyReason();
  return (
    <ConfirmAlert
      alert={{
        role: 'status',
        status: 'info',
        title: t('plan.former.title', { count: namespaces.length, name }),
        description: t('plan.former.description', {
          deleted: <Moment at={deletedAt} />,
        }),
      }}
      button={t('plan.former.action')}
      disabledReason={readOnly}
      dialog={{
        title: t('plan.former.confirmTitle', { count: namespaces.length }),
        action: t('plan.former.confirm'),
        failed: t('plan.former.failed'),
        onConfirm: async () => {
          await api.takeOver(cluster, { formerId });
          await onTakenOver();
        },
        children: (
          <>
            <Text>{t('plan.former.consequence')}</Text>
            <Text color="secondary">
              {t('plan.former.namespaces', { names: namespaces.join(', ') })}
            </Text>
          </>
        ),
      }}
    />
  );
}

/** Lists deletions that look like a mistake: why and until when they wait, with a button to confirm them. */
export function HeldDeletionsAlert(props: {
  cluster: string;
  held: HeldDeletions;
  /** Whether the objects are left from before a restore. */
  leftovers?: boolean;
  onConfirmed: () => Promise<void>;
}) {
  const { cluster, held, leftovers = false, onConfirmed } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const readOnly = useReadOnlyReason();
  const { relative: until } = useMomentText(held.until);
  return (
    <ConfirmAlert
      alert={{
        role: 'alert',
        status: 'warning',
        title: t('plan.held.title', {
          count: held.deletions,
          of: String(held.of),
        }),
        description: (
          <>
            <div>
              {t(leftovers ? 'plan.held.whyLeftovers' : 'plan.held.why')}
            </div>
            <div>
              {t('plan.held.times', {
                since: <Moment at={held.since} />,
                until: <Moment at={held.until} />,
              })}
            </div>
          </>
        ),
      }}
      button={t('plan.held.action')}
      destructive
      disabledReason={readOnly}
      dialog={{
        title: t('plan.held.confirmTitle', { count: held.deletions }),
        action: t('plan.held.confirm'),
        failed: t('plan.held.failed'),
        onConfirm: async () => {
          await api.confirmPlan(cluster, { held: held.id });
          await onConfirmed();
        },
        children: (
          <>
            <Text>{t('plan.held.consequence')}</Text>
            <Text color="secondary">{t('plan.held.otherwise', { until })}</Text>
          </>
        ),
      }}
    />
  );
}
