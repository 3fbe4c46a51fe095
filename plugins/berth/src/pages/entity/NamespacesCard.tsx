import { Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useClusters } from '../../kit/hooks';
import { namespaceRouteRef } from '../../routes';
import { Section } from '../../kit/Section';
import { Loaded, NamespaceStatusLabel, useText } from '../../kit';
import { TightestBar } from '../../kit/quota';
import { EntityFrame } from './EntityFrame';
import styles from './EntityPages.module.css';
import { useEntityNamespaces } from './useEntityNamespaces';

/** On the overview of a component or system: the namespaces where it runs, and their use. */
export function EntityNamespacesCard() {
  return (
    <EntityFrame>
      <NamespacesCard />
    </EntityFrame>
  );
}

function NamespacesCard() {
  const t = useText();
  const route = useRouteRef(namespaceRouteRef);
  const clusters = useClusters().value?.items;
  return (
    <Section title={t('entity.namespaces.title')}>
      <Loaded
        polled={useEntityNamespaces()}
        title={t('entity.namespaces.failed')}
        render={({ visible, hidden }) => (
          <>
            {visible.length === 0 && (
              <Text color="secondary">
                {hidden.length > 0
                  ? t('entity.namespaces.noneVisible')
                  : t('entity.namespaces.empty')}
              </Text>
            )}
            <ul className={styles.lines}>
              {visible.map(namespace => {
                const { cluster, name, quota } = namespace;
                return (
                  <li key={`${cluster}/${name}`} className={styles.line}>
                    <Link
                      href={route({ name: cluster, namespace: name })}
                      truncate
                      standalone
                    >
                      {`${cluster}/${name}`}
                    </Link>
                    <NamespaceStatusLabel
                      namespace={namespace}
                      clusterState={
                        clusters?.find(one => one.name === cluster)?.status
                          .state
                      }
                    />
                    <TightestBar quota={quota} />
                  </li>
                );
              })}
            </ul>
          </>
        )}
      />
    </Section>
  );
}
