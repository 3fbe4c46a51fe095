import { ButtonIcon } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useCopy } from './useCopy';
import { useText } from './useText';

/** Copies the short text next to it. */
export function CopyIcon({ text }: { text: string }) {
  const t = useText();
  const { copy, outcome } = useCopy();
  return (
    <ButtonIcon
      variant="tertiary"
      icon={outcome === 'copied' ? <RiCheckLine /> : <RiFileCopyLine />}
      aria-label={outcome ? t(`common.${outcome}`) : t('common.copy')}
      onPress={() => copy(text)}
    />
  );
}
