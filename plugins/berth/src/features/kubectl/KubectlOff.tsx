import { Text } from '@backstage/ui';
import { RiTerminalBoxLine } from '@remixicon/react';
import { Notice, useText } from '../../kit';
import { TokenFileButton } from './TokenFileButton';

/** Shown where the portal has no sign-in with kubectl: offers a token in its place. */
export function KubectlOff() {
  const t = useText();
  return (
    <Notice
      role="status"
      icon={RiTerminalBoxLine}
      title={t('kubectl.off.title')}
      actions={<TokenFileButton />}
    >
      <Text color="secondary">{t('kubectl.off.next')}</Text>
    </Notice>
  );
}
