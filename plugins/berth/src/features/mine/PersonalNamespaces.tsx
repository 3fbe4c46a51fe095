import { useState } from 'react';
import { Alert, Box, Button, Flex, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { PersonalNamespace } from '@berth/plugin-berth-common';
import { RiAddLine } from '@remixicon/react';
import { berthApiRef } from '../../api';
import { ProblemAlert, Section, useNotify, useText } from '../../kit';
import { usePolled } from '../../kit/query';
import styles from './MyKubernetesPage.module.css';

const INTERVAL = 60_000;

/** Offers the personal namespaces that the caller can have and does not have yet. */
export function PersonalNamespaces(props: {
  /** Called after a namespace was created. */
  onCreated: () => void;
}) {
  const t = useText();
  const api = useApi(berthApiRef);
  const { value, refresh } = usePolled({
    key: ['personalNamespaces'],
    load: () => api.listPersonalNamespaces(),
    every: INTERVAL,
  });
  const open = value?.items.filter(({ state }) => state !== 'present') ?? [];
  if (open.length === 0) {
    return null;
  }
  return (
    <Box mb="4">
      <Section title={t('mine.personal.title')}>
        <Flex direction="column" gap="3">
          <Text color="secondary">{t('mine.personal.description')}</Text>
          <ul className={styles.personal}>
            {open.map(one => (
              <li key={one.cluster.name}>
                <Offer
                  offer={one}
                  onCreated={async () => {
                    await refresh();
                    props.onCreated();
                  }}
                />
              </li>
            ))}
          </ul>
        </Flex>
      </Section>
    </Box>
  );
}

function Offer(props: {
  offer: PersonalNamespace;
  onCreated: () => Promise<void>;
}) {
  const { offer, onCreated } = props;
  const { cluster, name, state, problem } = offer;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const place = cluster.title
    ? `${cluster.title} (${cluster.name})`
    : cluster.name;

  const create = async () => {
    setPending(true);
    setError(undefined);
    try {
      const made = await api.createPersonalNamespace(cluster.name);
      notify({
        message: t('mine.personal.done', {
          namespace: made.name,
          cluster: cluster.name,
        }),
      });
      await onCreated();
    } catch (thrown) {
      setError(thrown);
    }
    setPending(false);
  };

  if (state === 'needsName' || state === 'refused') {
    return (
      <Alert
        status={state === 'refused' ? 'warning' : 'info'}
        icon
        title={t(`mine.personal.${state}`, { cluster: place })}
        description={problem}
      />
    );
  }
  return (
    <Flex direction="column" gap="2" align="start">
      <Flex align="center" gap="3" style={{ flexWrap: 'wrap' }}>
        <Button
          variant="secondary"
          iconStart={<RiAddLine />}
          isPending={isPending}
          onPress={create}
        >
          {t('mine.personal.action', { cluster: cluster.name })}
        </Button>
        {name && (
          <Text variant="body-small" color="secondary">
            {t('mine.personal.name', { namespace: name })}
          </Text>
        )}
      </Flex>
      {error !== undefined && (
        <ProblemAlert error={error} title={t('mine.personal.failed')} />
      )}
    </Flex>
  );
}
