import { useState } from 'react';
import { Button } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmReleaseAddress,
  HelmRevealRequest,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { CodeBlock, CopyButton, ProblemAlert, useText } from '../../../kit';
import styles from '../helm.module.css';

const MAX_HEIGHT = 240;

/** A hidden value, which is loaded when a person asks for it, and forgotten when the person hides it. */
export function HiddenValue(props: {
  address: HelmReleaseAddress;
  request: HelmRevealRequest;
  /** Names the value, such as `db.password`. */
  name: string;
}) {
  const { address, request, name } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const [value, setValue] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const [isPending, setPending] = useState(false);

  // Not a query: the values of queries are kept outside the component.
  const reveal = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      setValue((await api.revealReleaseValue(address, request)).value);
    } catch (error) {
      setFailure(error);
    }
    setPending(false);
  };

  if (value !== undefined) {
    return (
      <div className={styles.revealed}>
        <CodeBlock
          label={t('helm.hidden.value', { name })}
          text={value}
          maxHeight={MAX_HEIGHT}
        />
        <div className={styles.rowLinks}>
          <Button
            size="small"
            variant="secondary"
            aria-label={t('helm.hidden.hideOf', { name })}
            onPress={() => setValue(undefined)}
          >
            {t('object.secret.hide')}
          </Button>
          <CopyButton
            text={value}
            aria-label={t('object.keys.copy', { key: name })}
          />
        </div>
      </div>
    );
  }
  return (
    <div className={styles.revealed}>
      <Button
        size="small"
        variant="secondary"
        aria-label={t('helm.hidden.revealOf', { name })}
        isPending={isPending}
        onPress={reveal}
      >
        {t('object.secret.reveal')}
      </Button>
      {failure !== undefined && (
        <ProblemAlert error={failure} title={t('helm.hidden.failed')} />
      )}
    </div>
  );
}
