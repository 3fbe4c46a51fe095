import { useState } from 'react';
import { Button, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ObjectAddress, RevealedSecret } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  ActionButton,
  ProblemAlert,
  useAbilities,
  useText,
} from '../../../kit';
import { ShownValue } from './ConfigMapDetails';
import { KeyList } from './KeyList';
import { DetailsProps } from './types';

/** Shows the keys of a Secret. A value is loaded when a person asks for it, and kept while its key is open. */
export function SecretDetails({ address, view }: DetailsProps) {
  return (
    <KeyList keys={view.secretKeys ?? []}>
      {key => <SecretValue key={key} address={address} name={key} />}
    </KeyList>
  );
}

function SecretValue(props: { address: ObjectAddress; name: string }) {
  const { address, name } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const can = useAbilities(address.cluster, address.namespace);
  const ability = can('get', {
    group: 'core',
    plural: 'secrets',
    name: address.name,
  });
  const [value, setValue] = useState<RevealedSecret['values'][string]>();
  const [failure, setFailure] = useState<unknown>();
  const [isPending, setPending] = useState(false);

  // Not a query: the values of queries are kept outside the component.
  const reveal = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      setValue((await api.revealSecret(address, [name])).values[name]);
    } catch (error) {
      setFailure(error);
    }
    setPending(false);
  };

  if (value) {
    return (
      <>
        <ShownValue name={name} {...value} />
        <div>
          <Button variant="secondary" onPress={() => setValue(undefined)}>
            {t('object.secret.hide')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <Text>{t('object.secret.hidden', { key: name })}</Text>
      <div>
        <ActionButton
          variant="secondary"
          onPress={reveal}
          isPending={isPending}
          disabledReason={ability.allowed ? undefined : ability.reason}
        >
          {t('object.secret.reveal')}
        </ActionButton>
      </div>
      <Text variant="body-small" color="secondary">
        {t('object.secret.recorded')}
      </Text>
      {failure !== undefined && (
        <ProblemAlert error={failure} title={t('object.secret.failed')} />
      )}
    </>
  );
}
