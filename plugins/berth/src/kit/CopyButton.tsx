import { Button, ButtonIcon, ButtonProps } from '@backstage/ui';
import { RiCheckLine, RiDownloadLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';
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

/** Copies the short text that it follows. */
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

const FEEDBACK = 2_000;

/** Copies texts; `outcome` is the result, for a moment. */
export function useCopy() {
  const [{ error }, copyToClipboard] = useCopyToClipboard();
  const [recent, setRecent] = useState(0);

  useEffect(() => {
    if (!recent) {
      return undefined;
    }
    const timer = setTimeout(() => setRecent(0), FEEDBACK);
    return () => clearTimeout(timer);
  }, [recent]);

  const failure = error ? ('copyFailed' as const) : ('copied' as const);
  return {
    outcome: recent ? failure : undefined,
    copy: (text: string) => {
      copyToClipboard(text);
      setRecent(count => count + 1);
    },
  };
}

/** Saves a text, or bytes, as a file on the person's computer. */
export function DownloadButton({
  text,
  fileName,
  mediaType = 'application/yaml',
  ...props
}: {
  text: string | Uint8Array<ArrayBuffer>;
  fileName: string;
  mediaType?: string;
} & Pick<ButtonProps, 'variant' | 'size' | 'isDisabled'>) {
  const t = useText();
  return (
    <Button
      variant="secondary"
      {...props}
      iconStart={<RiDownloadLine />}
      onPress={() => saveFile(new Blob([text], { type: mediaType }), fileName)}
    >
      {t('common.download')}
    </Button>
  );
}

/** Makes the browser save content as a file. */
export function saveFile(content: Blob, fileName: string) {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
