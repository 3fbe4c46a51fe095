import { Link, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  RELATION_DEPENDENCY_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  CATALOG_FILTER_EXISTS,
  catalogApiRef,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import { NamespaceAddress } from '@berth/plugin-berth-common';
import { CommandLine, useText } from '../kit';
import { Section } from '../kit/Section';
import { usePolled } from '../kit/query';
import { WorkloadSummary } from '../features/resources/WorkloadSummary';
import { kubectlRouteRef } from '../routes';
import {
  annotatedNamespaces,
  ANNOTATION_CLUSTER,
  ANNOTATION_NAMESPACE,
  ANNOTATION_NAMESPACES,
} from './entity/entities';
import styles from './NamespaceWorkloads.module.css';

/** The most components to look at; the catalog cannot search within the annotation. */
const MOST = 1_000;

/** Shows what runs in a namespace, and the components that run there. */
export function NamespaceWorkloads(address: NamespaceAddress) {
  const { cluster, namespace } = address;
  const t = useText();
  const { value: components } = useComponents(address);
  const setUp = useRouteRef(kubectlRouteRef);
  return (
    <Section title={t('namespace.overview.workloads')}>
      <div className={styles.workloads}>
        <WorkloadSummary cluster={cluster} namespace={namespace} />
        {components && (
          <Text color="secondary">
            {t(
              components.length > 0
                ? 'namespace.overview.components'
                : 'namespace.overview.noComponents',
            )}
          </Text>
        )}
        {components && components.length > 0 && (
          <ul className={styles.components}>
            {components.map(ref => (
              <li key={ref}>
                <EntityRefLink entityRef={ref} defaultKind="component" />
              </li>
            ))}
          </ul>
        )}
        <Text as="p" color="secondary">
          {t('namespace.overview.kubectl', {
            setUp: <Link href={setUp()}>{t('namespace.overview.setUp')}</Link>,
          })}
        </Text>
        <CommandLine
          command={`kubectl --context ${cluster} --namespace ${namespace} get pods,services,events`}
        />
      </div>
    </Section>
  );
}

function useComponents({ cluster, namespace }: NamespaceAddress) {
  const catalogApi = useApi(catalogApiRef);
  return usePolled({
    key: ['componentsIn', cluster, namespace],
    load: async () => {
      const annotated = await catalogApi.getEntities({
        filter: {
          kind: ['component', 'system'],
          [`metadata.annotations.${ANNOTATION_NAMESPACES}`]:
            CATALOG_FILTER_EXISTS,
        },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
        limit: MOST,
      });
      const resources = await catalogApi.getEntities({
        filter: {
          kind: 'resource',
          [`metadata.annotations.${ANNOTATION_CLUSTER}`]: cluster,
          [`metadata.annotations.${ANNOTATION_NAMESPACE}`]: namespace,
        },
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
      });
      const refs = [
        ...annotated.items
          .filter(entity =>
            annotatedNamespaces(entity).addresses.some(
              one => one.cluster === cluster && one.namespace === namespace,
            ),
          )
          .map(entity => stringifyEntityRef(entity)),
        ...resources.items.flatMap(({ relations = [] }) =>
          relations
            .filter(({ type }) => type === RELATION_DEPENDENCY_OF)
            .map(({ targetRef }) => targetRef),
        ),
      ];
      return [...new Set(refs)].sort();
    },
  });
}
