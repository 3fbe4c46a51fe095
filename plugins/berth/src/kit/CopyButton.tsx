import { Button, ButtonProps } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useCopy } from './useCopy';
import { useText } from './useText';

/** Copies a text, and shows the outcome on the button for a moment. */
export function CopyButton({
  text,
  ...props
}: { text: string } & Pick<
  ButtonProps,
  'variant' | 'isDisabled' | 'aria-label'
>) {
  const t = useText();
  const { copy, outcome } = useCopy();
  return (
    <Button
      variant="secondary"
      {...props}
      iconStart={outcome === 'copied' ? <RiCheckLine /> : <RiFileCopyLine />}
      onPress={() => copy(text)}
    >
      {t(outcome ? `common.${outcome}` : 'common.copy')}
    </Button>
  );
}
