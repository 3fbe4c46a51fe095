import { useState } from 'react';
import { Button, Text } from '@backstage/ui';
import { ObjectAddress, RevealedSecret } from '@berth/plugin-berth-common';
import { ActionButton, ProblemAlert, useText } from '../../../kit';
import { byName } from '../data/dataEdit';
import { EditDataButton } from '../data/EditDataButton';
import { useReveal } from '../data/useReveal';
import { textAt } from '../reading';
import { ShownValue } from './ConfigMapDetails';
import { KeyList } from './KeyList';
import { DetailsProps } from './types';

/** Shows the keys of a Secret. A value is loaded when a person asks for it, and kept while its key is open. */
export function SecretDetails({ address, view }: DetailsProps) {
  // A value that was revealed before a change of the Secret may not be its value any more.
  const version = textAt(view.object, 'metadata.resourceVersion');
  const keys = [...(view.secretKeys ?? [])].sort((one, other) =>
    byName(one.key, other.key),
  );
  return (
    <KeyList
      keys={keys}
      edit={<EditDataButton address={address} view={view} />}
    >
      {key => (
        <SecretValue key={`${version} ${key}`} address={address} name={key} />
      )}
    </KeyList>
  );
}

function SecretValue(props: { address: ObjectAddress; name: string }) {
  const { address, name } = props;
  const t = useText();
  const { reveal, isPending, failure, disabledReason } = useReveal(
    address,
    name,
  );
  const [value, setValue] = useState<RevealedSecret['values'][string]>();
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
          onPress={async () => setValue(await reveal())}
          isPending={isPending}
          disabledReason={disabledReason}
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
