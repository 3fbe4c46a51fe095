import { useState } from 'react';
import { Button } from '@backstage/ui';
import { useText } from '../../kit';
import { TokenFileDialog } from './TokenFileDialog';

/** Opens the kubeconfig with tokens for all of the caller's clusters. */
export function TokenFileButton() {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" onPress={() => setOpen(true)}>
        {t('kubectl.token.open')}
      </Button>
      {open && <TokenFileDialog onClose={() => setOpen(false)} />}
    </>
  );
}
