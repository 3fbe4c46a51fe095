import { useState } from 'react';
import { Alert, Box, Button, ButtonLink, Flex, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { PersonalNamespace } from '@berth/plugin-berth-common';
import { RiAddLine } from '@remixicon/react';
import { useHref } from 'react-router-dom';
import { berthApiRef } from '../../api';
import {
  CommandLine,
  ProblemAlert,
  Section,
  useNotify,
  useText,
} from '../../kit';
import { useAccess } from '../../kit/hooks';
import { usePolled } from '../../kit/query';
import { namespacesRouteRef } from '../../routes';
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

  if (state === 'refused') {
    return (
      <Alert
        status="warning"
        icon
        title={t('mine.personal.refused', { cluster: place })}
        description={problem}
      />
    );
  }
  if (state === 'needsName') {
    return (
      <Alert
        status="info"
        icon
        title={t('mine.personal.needsName', { cluster: place })}
        description={
          <>
            <div>{problem}</div>
            <NameLink cluster={cluster.name} />
          </>
        }
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

/** Leads to the form in which an admin gives the name; other people get the address to send it to an admin. */
function NameLink({ cluster }: { cluster: string }) {
  const t = useText();
  const { value: access } = useAccess();
  const namespaces = useRouteRef(namespacesRouteRef);
  const search = new URLSearchParams({
    personal: access?.user ?? '',
    cluster,
  });
  const path = `${namespaces()}?${search}`;
  const address = new URL(useHref(path), window.location.href).href;
  return access?.admin ? (
    <ButtonLink variant="secondary" size="small" href={path}>
      {t('mine.personal.giveName')}
    </ButtonLink>
  ) : (
    <>
      <div>{t('mine.personal.link')}</div>
      <CommandLine command={address} />
    </>
  );
}
