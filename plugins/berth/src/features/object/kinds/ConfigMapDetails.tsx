import { useMemo } from 'react';
import { Flex, Text } from '@backstage/ui';
import { CodeBlock, CopyButton, DownloadButton, useText } from '../../../kit';
import { byName } from '../data/dataEdit';
import { EditDataButton } from '../data/EditDataButton';
import { bytesOf } from '../data/values';
import { at, mapOf } from '../reading';
import { KeyList } from './KeyList';
import { DetailsProps } from './types';

const MAX_HEIGHT = 420;
/** Characters that the page shows of one value. The rest can be downloaded. */
const MAX_SHOWN = 200_000;

/** Shows the keys of a ConfigMap, and one value at a time. */
export function ConfigMapDetails({ address, view }: DetailsProps) {
  const { object } = view;
  const texts = useMemo(() => mapOf(at(object, 'data')), [object]);
  const binary = useMemo(() => mapOf(at(object, 'binaryData')), [object]);
  const keys = useMemo(
    () =>
      [
        ...Object.entries(texts).map(([key, text]) => ({
          key,
          bytes: new Blob([text]).size,
        })),
        ...Object.entries(binary).map(([key, base64]) => ({
          key,
          bytes: Math.floor((base64.replace(/=+$/, '').length * 3) / 4),
        })),
      ].sort((one, other) => byName(one.key, other.key)),
    [texts, binary],
  );
  return (
    <KeyList
      keys={keys}
      edit={<EditDataButton address={address} view={view} />}
    >
      {key => <ShownValue name={key} text={texts[key]} base64={binary[key]} />}
    </KeyList>
  );
}

/** Shows a value as text, or offers its bytes. */
export function ShownValue(props: {
  name: string;
  text?: string;
  base64?: string;
}) {
  const { name, text, base64 } = props;
  const t = useText();
  const shown = text ?? base64 ?? '';
  return (
    <>
      <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
        <CopyButton
          text={shown}
          aria-label={t('object.keys.copy', { key: name })}
        />
        {text === undefined ? (
          <DownloadButton
            text={bytesOf(shown)}
            fileName={name}
            mediaType="application/octet-stream"
          />
        ) : (
          <DownloadButton text={shown} fileName={name} mediaType="text/plain" />
        )}
      </Flex>
      {text === undefined && (
        <Text color="secondary">{t('object.keys.binary')}</Text>
      )}
      {shown.length > MAX_SHOWN && (
        <Text color="secondary">{t('object.keys.long')}</Text>
      )}
      <CodeBlock
        label={t('object.keys.value', { key: name })}
        text={shown.slice(0, MAX_SHOWN)}
        maxHeight={MAX_HEIGHT}
      />
    </>
  );
}
