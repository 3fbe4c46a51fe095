import { DragEvent, ReactNode, useRef, useState } from 'react';
import { Button, Flex, Text } from '@backstage/ui';
import { RiFolderOpenLine } from '@remixicon/react';
import { ToneText } from '../labels';
import { useText } from '../useText';
import styles from './apply.module.css';

/** The API accepts no longer text. */
const MAX_BYTES = 1024 * 1024;

/** A field that also takes a text from a file, which a person chooses or drops. */
export function FileDrop(props: {
  onText: (text: string) => void;
  isDisabled?: boolean;
  children: ReactNode;
}) {
  const { onText, isDisabled = false, children } = props;
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [isTooLarge, setTooLarge] = useState(false);

  const read = async (files?: FileList | null) => {
    const chosen = [...(files ?? [])];
    const size = chosen.reduce((sum, file) => sum + file.size, 0);
    setTooLarge(size > MAX_BYTES);
    if (chosen.length > 0 && size <= MAX_BYTES) {
      const texts = await Promise.all(chosen.map(file => file.text()));
      onText(texts.join('\n---\n'));
    }
  };

  const drop = (event: DragEvent) => {
    setOver(false);
    if (event.dataTransfer.files.length > 0) {
      // The editor would insert the content itself.
      event.preventDefault();
      event.stopPropagation();
      if (!isDisabled) {
        void read(event.dataTransfer.files);
      }
    }
  };

  return (
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDropCapture={drop}
    >
      {children}
      <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiFolderOpenLine />}
          isDisabled={isDisabled}
          onPress={() => input.current?.click()}
        >
          {t('apply.file')}
        </Button>
        <Text variant="body-small" color="secondary">
          {t('apply.drop')}
        </Text>
        {isTooLarge && (
          <ToneText tone="danger" role="alert">
            {t('apply.tooLarge')}
          </ToneText>
        )}
        <input
          ref={input}
          type="file"
          accept=".yaml,.yml,.json"
          multiple
          hidden
          aria-label={t('apply.file')}
          onChange={event => {
            void read(event.target.files);
            event.target.value = '';
          }}
        />
      </Flex>
    </div>
  );
}
