import { Combobox, IdentifiedOption } from '@backstage/ui';
import { parseEntityRef } from '@backstage/catalog-model';
import { useGroupSearch } from '../ClusterPage/access/useGroupSearch';
import { ProblemAlert, useText } from '../common';

/** Picks a group of the catalog. */
export function GroupPicker(props: {
  label: string;
  /** Shows the label only to screen readers. */
  hideLabel?: boolean;
  description?: string;
  placeholder?: string;
  className?: string;
  /** Entity ref. */
  value?: string;
  /** Entity refs of groups that cannot be picked, because they have it already. */
  taken?: ReadonlySet<string>;
  onChange: (group: string | undefined) => void;
}) {
  const { label, hideLabel, description, className, value, taken } = props;
  const t = useText();
  const search = useGroupSearch();
  const options = {
    ...search,
    items: search.items.map(option => ({
      ...option,
      ...(taken?.has(option.id) && {
        disabled: true,
        description: t('grants.already'),
      }),
    })),
  };
  return (
    <div className={className}>
      <Combobox
        {...(hideLabel ? { 'aria-label': label } : { label })}
        description={description}
        placeholder={props.placeholder ?? t('grants.search')}
        options={options}
        search={{ mode: 'server' }}
        value={value === undefined ? null : optionOf(value, search.items)}
        onChange={chosen => props.onChange(chosen?.id)}
      />
      {search.error && (
        <ProblemAlert error={search.error} title={t('grants.searchFailed')} />
      )}
    </div>
  );
}

function optionOf(
  group: string,
  known: readonly IdentifiedOption[],
): IdentifiedOption {
  return (
    known.find(({ id }) => id === group) ?? {
      id: group,
      label: nameOf(group),
    }
  );
}

/** What is in a URL may be no entity ref at all. */
function nameOf(group: string): string {
  try {
    return parseEntityRef(group, { defaultKind: 'group' }).name;
  } catch {
    return group;
  }
}
