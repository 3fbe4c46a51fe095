import { useState } from 'react';
import { ButtonLink, Flex, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { useGroupTitles } from '../../../kit/hooks';
import { clusterRouteRef } from '../../../routes';
import { Section } from '../../../kit/Section';
import { ActionButton, useText } from '../../../kit';
import { DeleteNamespaceDialog } from './DeleteNamespaceDialog';
import { isEntryOnly, LostList } from './LostList';

/** The end of a namespace. */
export function DangerTab(props: {
  namespace: ManagedNamespace;
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
        <LostList namespace={namespace} />
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
