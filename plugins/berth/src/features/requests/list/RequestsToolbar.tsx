import { Select, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { readsEverything, useAccess } from '../../../kit/hooks';
import { Polled } from '../../../kit/query';
import { ClusterFilter, ListToolbar, useText } from '../../../kit';
import styles from './RequestsPage.module.css';
import {
  KINDS,
  ListQuery,
  NO_FILTERS,
  SECTIONS,
  STATES,
} from './requestsQuery';

const ANY = 'any';

/** Whose requests, and the filters. */
export function RequestsToolbar(props: {
  query: ListQuery;
  onQueryChange: (change: Partial<ListQuery>) => void;
  inboxCount?: number;
  polled: Polled<unknown>;
}) {
  const { query, onQueryChange, polled } = props;
  const t = useText();
  return (
    <ListToolbar polled={polled}>
      <SectionChoice {...props} />
      <div className={styles.filters} role="search">
        <Select
          className={styles.filter}
          aria-label={t('requests.filter.state')}
          value={query.state || ANY}
          onChange={key =>
            onQueryChange({
              state:
                key === 'open' ? key : STATES.find(one => one === key) ?? '',
            })
          }
          options={[
            { id: ANY, label: t('requests.filter.anyState') },
            { id: 'open', label: t('requests.filter.open') },
            ...STATES.map(id => ({ id, label: t(`requestState.${id}`) })),
          ]}
        />
        <Select
          className={styles.filter}
          aria-label={t('requests.filter.kind')}
          value={query.kind || ANY}
          onChange={key =>
            onQueryChange({ kind: KINDS.find(one => one === key) ?? '' })
          }
          options={[
            { id: ANY, label: t('requests.filter.anyKind') },
            ...KINDS.map(id => ({ id, label: t(`requestKind.${id}`) })),
          ]}
        />
        <ClusterFilter
          className={styles.filter}
          value={query.cluster}
          onChange={cluster => onQueryChange({ cluster })}
        />
      </div>
    </ListToolbar>
  );
}

function SectionChoice(props: {
  query: ListQuery;
  onQueryChange: (change: Partial<ListQuery>) => void;
  inboxCount?: number;
}) {
  const { query, onQueryChange, inboxCount = 0 } = props;
  const t = useText();
  const { value: access } = useAccess();
  const offered = SECTIONS.filter(
    one => one !== 'all' || readsEverything(access) || query.section === 'all',
  );
  return (
    <ToggleButtonGroup
      aria-label={t('requests.section.label')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[query.section]}
      onSelectionChange={([chosen]) => {
        const section = SECTIONS.find(one => one === chosen);
        if (section) {
          onQueryChange({ ...NO_FILTERS, section });
        }
      }}
    >
      {offered.map(section => (
        <ToggleButton key={section} id={section}>
          {section === 'inbox' && inboxCount > 0
            ? t('requests.section.inboxCount', { number: String(inboxCount) })
            : t(`requests.section.${section}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
