import { Text, TextField } from '@backstage/ui';
import { ToneText, useText } from '../../../kit';
import { NameCheck, NameState } from '../../../kit/hooks/useNameCheck';

/** The name, and below it whether it can be used. */
export function NameField(props: {
  name: string;
  cluster: string;
  check: NameCheck;
  /** Why the backend refused the name. */
  problem?: string;
  /** The person takes over the namespace that the cluster has. */
  adopt: boolean;
  onChange: (name: string) => void;
}) {
  const { name, cluster, check, problem, adopt, onChange } = props;
  const t = useText();
  const { state } = check;
  const isInvalid = problem !== undefined || isUnusable(state, adopt);
  const message = problem ?? messageOf();
  return (
    <div>
      <TextField
        label={t('newNamespace.name')}
        description={t('newNamespace.nameHint')}
        size="small"
        value={name}
        onChange={onChange}
        isInvalid={isInvalid}
        isRequired
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
        return t('newNamespace.nameFree', { name, cluster });
      case 'checking':
        return t('newNamespace.nameChecking', { name });
      default:
        return check.message;
    }
  }
}

/** Whether the backend would refuse the name. */
export function isUnusable(state: NameState, adopt: boolean): boolean {
  return (
    ['invalid', 'reserved', 'refused', 'taken'].includes(state) ||
    (state === 'adoptable' && !adopt)
  );
}
