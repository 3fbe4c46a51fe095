import { Text, TextField } from '@backstage/ui';
import { NameCheck, NameState } from './hooks/useNameCheck';
import { ToneText } from './labels';
import { useText } from './useText';

/** Edits the name of a new namespace, and shows below whether it can be used. */
export function NameField(props: {
  name: string;
  cluster: string;
  check: NameCheck;
  /** The backend's reason for refusing the name. */
  problem?: string;
  /** Whether the person adopts the cluster's existing namespace of this name. */
  adopt: boolean;
  /** The label and the description, if they are not the usual ones. */
  label?: string;
  description?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  onChange: (name: string) => void;
}) {
  const { name, cluster, check, problem, adopt, onChange } = props;
  const t = useText();
  const { state } = check;
  const made = check.name ?? name;
  const isInvalid = problem !== undefined || isUnusable(state, adopt);
  const message = problem ?? messageOf();
  return (
    <div>
      <TextField
        label={props.label ?? t('newNamespace.name')}
        description={props.description ?? t('newNamespace.nameHint')}
        size="small"
        value={name}
        onChange={onChange}
        isInvalid={isInvalid}
        isRequired={props.isRequired ?? true}
        isDisabled={props.isDisabled}
        autoComplete="off"
      />
      <div role="status">
        {message && isInvalid && (
          <ToneText tone="danger" variant="body-small">
            {message}
          </ToneText>
        )}
        {message && !isInvalid && (
          <Text variant="body-small" color="secondary">
            {message}
          </Text>
        )}
      </div>
    </div>
  );

  function messageOf(): string | undefined {
    switch (state) {
      case 'invalid':
        return t('newNamespace.nameInvalid', { name });
      case 'reserved':
        return t('newNamespace.nameReserved', { name });
      case 'refused':
      case 'taken':
        return check.message;
      case 'adoptable':
        return adopt
          ? t('newNamespace.nameAdopted', { name, cluster })
          : t('newNamespace.nameAdoptable', { name, cluster });
      case 'free':
        return made === name
          ? t('newNamespace.nameFree', { name, cluster })
          : t('newNamespace.nameWithPrefix', { name: made, cluster });
      case 'checking':
        return t('newNamespace.nameChecking', { name });
      default:
        return check.message;
    }
  }
}

/** Returns whether the backend would refuse the name. */
export function isUnusable(state: NameState, adopt: boolean): boolean {
  return (
    ['invalid', 'reserved', 'refused', 'taken'].includes(state) ||
    (state === 'adoptable' && !adopt)
  );
}
