import { ReactNode, useState } from 'react';
import { ButtonLink, Flex, Text, TextField } from '@backstage/ui';
import { useRouteRef, useApi } from '@backstage/core-plugin-api';
import { ManagedNamespace, Quantity } from '@berth/plugin-berth-common';
import { useGroupTitles } from '../../../kit/hooks';
import { clusterRouteRef } from '../../../routes';
import { Section } from '../../../kit/Section';
import {
  ActionButton,
  CommandLine,
  useText,
  ConfirmDialog,
  useNotify,
} from '../../../kit';
import { berthApiRef } from '../../../api';
import { formatAmount, useResourceLabel, usesOf } from '../../../kit/quota';
import styles from './NamespacePage.module.css';

/** Deletes a namespace. */
export function DangerTab(props: {
  namespace: ManagedNamespace;
  /** Counts what is in the namespace. */
  counts: ReactNode;
  onChanged: () => Promise<void>;
}) {
  const { namespace, onChanged } = props;
  const t = useText();
  const [open, setOpen] = useState(false);
  const fromShare = namespace.grants.some(({ source }) => source === 'share');
  return (
    <Section title={t('namespace.danger.title')}>
      <Flex direction="column" gap="3" align="start">
        {content()}
      </Flex>
      {open && (
        <DeleteNamespaceDialog
          namespace={namespace}
          onClose={() => setOpen(false)}
          onDeleted={onChanged}
        />
      )}
    </Section>
  );

  function content() {
    if (namespace.phase === 'Terminating') {
      return <Text>{t('namespace.danger.terminating')}</Text>;
    }
    if (fromShare) {
      return <HomeOfShare namespace={namespace} />;
    }
    return (
      <>
        <LostList namespace={namespace} counts={props.counts} />
        {!isEntryOnly(namespace) && (
          <Text color="secondary">{t('namespace.danger.as')}</Text>
        )}
        <ActionButton
          variant="secondary"
          destructive
          onPress={() => setOpen(true)}
        >
          {isEntryOnly(namespace)
            ? t('namespace.danger.actionEntry')
            : t('namespace.danger.action')}
        </ActionButton>
      </>
    );
  }
}

function HomeOfShare({ namespace }: { namespace: ManagedNamespace }) {
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const { cluster, name, owner } = namespace;
  const titleOf = useGroupTitles(owner ? [owner] : []);
  return (
    <>
      <Text>
        {t('namespace.danger.home', {
          namespace: name,
          cluster,
          owner: owner ? titleOf(owner) : t('namespaces.noOwner'),
        })}
      </Text>
      <ButtonLink
        variant="secondary"
        href={`${route({ name: cluster })}/access`}
      >
        {t('namespace.danger.toShares')}
      </ButtonLink>
    </>
  );
}

/** Deletes the namespace after its name was typed. */
export function DeleteNamespaceDialog(props: {
  namespace: ManagedNamespace;
  onClose: () => void;
  onDeleted: () => Promise<void>;
}) {
  const { onClose, onDeleted } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  // The dialog deletes the namespace that it showed when it opened, not a newly polled one.
  const [namespace] = useState(props.namespace);
  const { cluster, name, uid } = namespace;
  const [typed, setTyped] = useState('');

  const remove = async () => {
    await api.deleteNamespace({ cluster, namespace: name }, uid);
    notify({
      message: t(
        isEntryOnly(namespace)
          ? 'namespace.danger.doneEntry'
          : 'namespace.danger.done',
        { namespace: name, cluster },
      ),
    });
    await onDeleted();
  };

  return (
    <ConfirmDialog
      title={t('namespace.danger.confirmTitle', { namespace: name, cluster })}
      action={t('namespace.danger.confirm', { namespace: name })}
      disabledReason={
        typed === name ? undefined : t('namespace.danger.differs')
      }
      failed={t('namespace.danger.failed')}
      onConfirm={remove}
      onClose={onClose}
    >
      <LostList namespace={namespace} />
      <TextField
        label={t('namespace.danger.type', { namespace: name })}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
      />
    </ConfirmDialog>
  );
}

/**
 * Returns whether Berth never saw the namespace on the cluster. Deleting such a namespace removes only Berth's
 * entry, not a namespace of the same name on the cluster.
 */
export function isEntryOnly({ uid }: ManagedNamespace): boolean {
  return uid === undefined;
}

/** Lists what a namespace loses on deletion, as far as the portal knows. */
export function LostList(props: {
  namespace: ManagedNamespace;
  /** Counts what is in the namespace. */
  counts?: ReactNode;
}) {
  const { namespace, counts } = props;
  const { name, cluster, grants, personal, quota } = namespace;
  const t = useText();
  const titleOf = useGroupTitles([
    ...grants.map(({ group }) => group),
    ...(personal ? [personal.user] : []),
  ]);
  const labelOf = useResourceLabel();
  const inUse = quota
    ? usesOf(quota).filter(
        ({ used }) => used !== undefined && !Quantity.parse(used).isZero(),
      )
    : [];
  if (isEntryOnly(namespace)) {
    return (
      <Text as="p">
        {t('namespace.danger.entryOnly', { namespace: name, cluster })}
      </Text>
    );
  }
  return (
    <div>
      <Text as="p" weight="bold">
        {t('namespace.danger.lost')}
      </Text>
      <ul className={styles.lost}>
        <li>{t('namespace.danger.lostAll', { namespace: name, cluster })}</li>
        <li>{t('namespace.danger.lostVolumes')}</li>
        {inUse.map(({ resource, used }) => (
          <li key={resource}>
            {t('namespace.danger.lostUse', {
              resource: labelOf(resource),
              used: formatAmount(resource, used!),
            })}
          </li>
        ))}
        {personal && !personal.absent && (
          <li>
            {t('namespace.danger.lostPersonal', {
              person: titleOf(personal.user),
              role: t(`role.${personal.role}`),
            })}
          </li>
        )}
        {grants.length > 0 && (
          <li>
            {t('namespace.danger.lostGrants', {
              count: grants.length,
              groups: grants
                .map(({ group, role }) => `${titleOf(group)} (${role})`)
                .join(', '),
            })}
          </li>
        )}
        {quota && <li>{t('namespace.danger.lostQuota')}</li>}
      </ul>
      {counts}
      <Text as="p">{t('namespace.danger.see')}</Text>
      <CommandLine
        command={`kubectl --context ${cluster} --namespace ${name} get all,configmaps,secrets,persistentvolumeclaims`}
      />
    </div>
  );
}
