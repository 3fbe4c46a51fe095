import { Button, ButtonProps } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { useText } from './useText';

/** Saves a text as a file on the caller's computer. */
export function DownloadButton({
  text,
  fileName,
  mediaType = 'application/yaml',
  ...props
}: {
  text: string;
  fileName: string;
  mediaType?: string;
} & Pick<ButtonProps, 'variant' | 'size' | 'isDisabled'>) {
  const t = useText();
  return (
    <Button
      variant="secondary"
      {...props}
      iconStart={<RiDownloadLine />}
      onPress={() => saveFile(text, fileName, mediaType)}
    >
      {t('common.download')}
    </Button>
  );
}

function saveFile(text: string, fileName: string, mediaType: string) {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
