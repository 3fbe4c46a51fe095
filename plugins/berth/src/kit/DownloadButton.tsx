import { Button, ButtonProps } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { useText } from './useText';

/** Saves a text as a file on the person's computer. */
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
