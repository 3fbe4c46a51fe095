import { useEffect, useRef } from 'react';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { useText } from '../../../kit';
import { ResourceTab } from '../../../kit/resourceTabs';
import {
  isNamespacedKind,
  kindsOf,
  needsDiscovery,
  parseKind,
  pluralOf,
} from '../kinds';
import { ResourcesQuery } from '../resourcesQuery';
import { useKinds } from '../useKinds';
import { KindList, ListScope } from './KindList';
import styles from './KindList.module.css';

export interface KindsProps {
  query: ResourcesQuery;
  onQueryChange: (change: Partial<ResourcesQuery>) => void;
  onKindChange: (kind: string) => void;
}

/** A tab with a few kinds that are known beforehand. */
export function KnownKinds(
  props: KindsProps & { tab: ResourceTab; scope?: ListScope },
) {
  const { tab, query, onQueryChange, onKindChange, scope } = props;
  const t = useText();
  const { value: discovered } = useKinds(needsDiscovery(tab));
  const kinds = kindsOf(tab, discovered?.items ?? []);
  const shown = kinds.find(kind => kind === query.kind) ?? kinds[0];
  const address = parseKind(shown);
  const chooser = useRef<HTMLDivElement>(null);
  // On a phone, the kinds do not all fit, and the chosen one may be out of view.
  useEffect(() => {
    chooser.current
      ?.querySelector('[aria-checked="true"]')
      ?.scrollIntoView?.({ block: 'nearest', inline: 'center' });
  }, [shown]);
  return (
    <>
      {kinds.length > 1 && (
        <div className={styles.kinds} ref={chooser}>
          <ToggleButtonGroup
            aria-label={t('resources.kind')}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[shown]}
            onSelectionChange={([kind]) => onKindChange(String(kind))}
          >
            {kinds.map(kind => (
              <ToggleButton key={kind} id={kind}>
                {t(`resources.kinds.${pluralOf(kind)}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        </div>
      )}
      {address && (
        <KindList
          kind={address}
          label={t(`resources.kinds.${pluralOf(shown)}`)}
          isNamespaced={isNamespacedKind(shown)}
          query={query}
          onQueryChange={onQueryChange}
          scope={scope}
        />
      )}
    </>
  );
}
