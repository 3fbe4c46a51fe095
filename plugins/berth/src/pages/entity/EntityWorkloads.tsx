import { Text } from '@backstage/ui';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useText } from '../../kit';
import { KnownKinds } from '../../features/resources/list/KnownKinds';
import { useResourcesQuery } from '../../features/resources/useResourcesQuery';
import { EntityFrame } from './EntityFrame';
import { WithEntityScope } from './EntityScope';
import { labelSelectorOf } from './entities';
import styles from './EntityPages.module.css';

/** Tab of a component or system: its workloads in all its namespaces. */
export function EntityWorkloadsContent() {
  return (
    <EntityFrame>
      <Workloads />
    </EntityFrame>
  );
}

function Workloads() {
  const t = useText();
  const { entity } = useEntity();
  const kinds = useResourcesQuery();
  const labels = labelSelectorOf(entity);
  return (
    <WithEntityScope>
      {scope => (
        <section aria-label={t('resources.entity.title')}>
          {labels && (
            <Text as="p" color="secondary" className={styles.note}>
              {t('resources.entity.selector', { selector: labels })}
            </Text>
          )}
          <KnownKinds {...kinds} tab="workloads" scope={{ ...scope, labels }} />
        </section>
      )}
    </WithEntityScope>
  );
}
