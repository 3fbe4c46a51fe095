import { Text, TextField } from '@backstage/ui';
import { ToneText, useText } from '../common';
import { NameState } from './useNameCheck';

/** The name with what is to be said of it. */
export function NameField(props: {
  name: string;
  cluster: string;
  state: NameState;
  onChange: (name: string) => void;
}) {
  const { name, cluster, state, onChange } = props;
  const t = useText();
  const isInvalid = ['invalid', 'reserved', 'taken'].includes(state);
  const message = messageOf();
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
      case 'taken':
        return t('newNamespace.nameTaken', { name, cluster });
      case 'free':
        return t('newNamespace.nameFree', { name, cluster });
      case 'checking':
        return t('newNamespace.nameChecking', { name });
      default:
        return undefined;
    }
  }
}
