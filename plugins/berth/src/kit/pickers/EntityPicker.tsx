import { Combobox, IdentifiedOption, useAsyncList } from '@backstage/ui';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { ProblemAlert, ToneText, useText } from '..';

/** The props of all pickers. */
export interface EntityPickerProps {
  label: string;
  /** Shows the label only to screen readers. */
  hideLabel?: boolean;
  secondaryLabel?: string;
  description?: string;
  placeholder?: string;
  className?: string;
  isInvalid?: boolean;
  /** Id of the element with the error. */
  describedBy?: string;
  /** Entity ref. */
  value?: string;
  /** Entity refs that cannot be picked because they are already picked. */
  taken?: ReadonlySet<string>;
  onChange: (entityRef: string | undefined) => void;
}

/** Picks an entity of the catalog. */
export function EntityPicker(props: EntityPickerProps & { kind: PickedKind }) {
  const { kind, label, hideLabel, className, value, taken } = props;
  const t = useText();
  const search = useEntitySearch(kind);
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
        secondaryLabel={props.secondaryLabel}
        description={props.description}
        placeholder={props.placeholder ?? t('grants.search')}
        isInvalid={props.isInvalid}
        aria-describedby={props.describedBy}
        options={options}
        search={{ mode: 'server' }}
        value={value === undefined ? null : optionOf(value, kind, search.items)}
        onChange={chosen => props.onChange(chosen?.id)}
      />
      {search.error &&
        (hideLabel ? (
          // The filters have no room for an alert.
          <ToneText role="alert" tone="danger" variant="body-small">
            {t('grants.searchFailed')}
          </ToneText>
        ) : (
          <ProblemAlert error={search.error} title={t('grants.searchFailed')} />
        ))}
    </div>
  );
}

function optionOf(
  entityRef: string,
  kind: PickedKind,
  known: readonly IdentifiedOption[],
): IdentifiedOption {
  return (
    known.find(({ id }) => id === entityRef) ?? {
      id: entityRef,
      label: nameOf(entityRef, kind),
    }
  );
}

/** Returns the name to show. A text from a URL may not be an entity ref. */
function nameOf(entityRef: string, defaultKind: PickedKind): string {
  try {
    return parseEntityRef(entityRef, { defaultKind }).name;
  } catch {
    return entityRef;
  }
}

/** Picks a group of the catalog. */
export function GroupPicker(props: EntityPickerProps) {
  return <EntityPicker kind="group" {...props} />;
}

/** Picks a person of the catalog, by name or display name. */
export function UserPicker(props: EntityPickerProps) {
  return <EntityPicker kind="user" {...props} />;
}

/** Picks the system of the catalog that a namespace is part of, or none. */
export function SystemPicker(props: Omit<EntityPickerProps, 'label'>) {
  const t = useText();
  return (
    <EntityPicker
      kind="system"
      label={t('newNamespace.system')}
      secondaryLabel={t('newNamespace.optional')}
      description={t('newNamespace.systemHint')}
      {...props}
    />
  );
}

/** The kinds that can be picked. */
export type PickedKind = 'group' | 'system' | 'user';

const LIMIT = 20;

/** Searches the entities of a kind in the catalog while a person types. */
export function useEntitySearch(kind: PickedKind) {
  const catalogApi = useApi(catalogApiRef);
  return useAsyncList<IdentifiedOption>({
    async load({ filterText }) {
      const { items } = await catalogApi.queryEntities({
        filter: { kind },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.title',
          'spec.profile.displayName',
        ],
        orderFields: { field: 'metadata.name', order: 'asc' },
        limit: LIMIT,
        ...(filterText && {
          fullTextFilter: {
            term: filterText,
            fields: [
              'metadata.name',
              'metadata.title',
              'spec.profile.displayName',
            ],
          },
        }),
      });
      return { items: items.map(entityOption) };
    },
  });
}

function entityOption(entity: Entity): IdentifiedOption {
  const ref = stringifyEntityRef(entity);
  const profile = entity.spec?.profile;
  const displayName =
    typeof profile === 'object' && profile !== null && 'displayName' in profile
      ? profile.displayName
      : undefined;
  return {
    id: ref,
    label: String(displayName ?? entity.metadata.title ?? entity.metadata.name),
    description: ref,
  };
}
