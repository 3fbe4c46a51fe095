import { useState } from 'react';
import { Flex, TextField, Alert, Checkbox, Text } from '@backstage/ui';
import {
  Cluster,
  LeftoverResourceList,
  LeftoverResource,
} from '@berth/plugin-berth-common';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useNavigate } from 'react-router-dom';
import {
  ActionButton,
  useText,
  ConfirmDialog,
  Loaded,
  useNotify,
  CodeBlock,
} from '../../../kit';
import { Section } from '../../../kit/Section';
import { berthApiRef } from '../../../api';
import { usePolled } from '../../../kit/query';
import { clustersRouteRef } from '../../../routes';

/** Removes a cluster from the portal. */
export function DeleteSection({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <Section title={t('remove.title')}>
      <Flex direction="column" gap="3" align="start">
        <Consequences />
        <ActionButton
          variant="secondary"
          destructive
          onPress={() => setOpen(true)}
          disabledReason={
            cluster.owner === 'config' ? t('remove.configOwned') : undefined
          }
        >
          {t('remove.action')}
        </ActionButton>
      </Flex>
      {open && (
        <DeleteDialog cluster={cluster} onClose={() => setOpen(false)} />
      )}
    </Section>
  );
}

/** Asks before a cluster is removed: shows the effects and the leftovers, and requires the cluster's name. */
export function DeleteDialog(props: { cluster: Cluster; onClose: () => void }) {
  const { onClose } = props;
  const { name } = props.cluster;
  const t = useText();
  const api = useApi(berthApiRef);
  const [cleanUp, setCleanUp] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useRemove(name);
  const leftovers = usePolled({
    key: ['leftovers', name],
    load: () => api.getLeftovers(name),
  });
  return (
    <ConfirmDialog
      title={t('remove.confirmTitle', { name })}
      action={t(cleanUp ? 'remove.confirmCleanUp' : 'remove.confirm')}
      disabledReason={typed === name ? undefined : t('remove.nameDiffers')}
      failed={t('remove.failed')}
      onConfirm={() => remove(cleanUp)}
      onClose={onClose}
    >
      <Consequences />
      <Loaded
        polled={leftovers}
        title={t('remove.leftovers.failed')}
        height={60}
        render={value => (
          <LeftoversChoice
            leftovers={value}
            cleanUp={cleanUp}
            onCleanUp={setCleanUp}
          />
        )}
      />
      <TextField
        label={t('remove.typeName', { name })}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
      />
    </ConfirmDialog>
  );
}

function useRemove(name: string) {
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const navigate = useNavigate();
  const clusters = useRouteRef(clustersRouteRef);
  return async (cleanUp: boolean) => {
    await api.deleteCluster(name, { cleanUp });
    notify({ message: t('remove.done', { name }) });
    navigate(clusters());
  };
}

const LIST_HEIGHT = 140;

/** Lists Berth's objects that would stay on the cluster, and offers to delete those that can be deleted. */
export function LeftoversChoice(props: {
  leftovers: LeftoverResourceList;
  cleanUp: boolean;
  onCleanUp: (cleanUp: boolean) => void;
}) {
  const { leftovers, cleanUp, onCleanUp } = props;
  const t = useText();
  const { items, reachable, message } = leftovers;
  const removed = items.filter(({ removable }) => removable);
  const kept = items.filter(({ removable }) => !removable);
  if (items.length === 0) {
    return <Text color="secondary">{t('remove.leftovers.none')}</Text>;
  }
  return (
    <Flex direction="column" gap="2">
      {removed.length > 0 && (
        <>
          <Checkbox
            isSelected={cleanUp && reachable}
            isDisabled={!reachable}
            onChange={onCleanUp}
          >
            {t('remove.leftovers.cleanUp', { count: removed.length })}
          </Checkbox>
          <CodeBlock
            text={linesOf(removed)}
            label={t('remove.leftovers.removable')}
            maxHeight={LIST_HEIGHT}
          />
        </>
      )}
      {!reachable && (
        <Alert
          status="warning"
          icon
          title={t('remove.leftovers.unreachable')}
          description={message}
        />
      )}
      {kept.length > 0 && (
        <>
          <Text>{t('remove.leftovers.kept', { count: kept.length })}</Text>
          <CodeBlock
            text={linesOf(kept)}
            label={t('remove.leftovers.keptList')}
            maxHeight={LIST_HEIGHT}
          />
        </>
      )}
    </Flex>
  );
}

function linesOf(items: LeftoverResource[]): string {
  return items
    .map(({ kind, namespace, name }) =>
      namespace ? `${kind} ${namespace}/${name}` : `${kind} ${name}`,
    )
    .join('\n');
}

/** Lists the effects of removing a cluster from the portal. */
export function Consequences() {
  const t = useText();
  return (
    <Flex direction="column" gap="1">
      <Text>{t('remove.portal')}</Text>
      <Text>{t('remove.cluster')}</Text>
      <Text>{t('remove.tokens')}</Text>
      <Text>{t('remove.id')}</Text>
    </Flex>
  );
}
