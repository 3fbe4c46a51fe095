import { useRef, useState } from 'react';
import { Button, Flex, Text, TextAreaField } from '@backstage/ui';
import { RiFolderOpenLine } from '@remixicon/react';
import { ObjectAddress } from '@berth/plugin-berth-common';
import {
  ActionButton,
  DownloadButton,
  ProblemAlert,
  ToneText,
  useText,
} from '../../../kit';
import { changeOf, EditedKey } from './dataEdit';
import { DataEdit } from './useDataEdit';
import { useReveal } from './useReveal';
import { bytesOf, sizeOf, Value, valueOfBytes, withLineEnds } from './values';
import styles from './data.module.css';

/** An object of Kubernetes holds at most 1 MiB. */
const MAX_BYTES = 1024 * 1024;
/** A field for text is slow with more. */
const MAX_TYPED = 200_000;
const ROWS = 12;

/** Edits the value of one key, as text or as a file. */
export function ValueEditor(props: {
  address: ObjectAddress;
  edited: EditedKey;
  edit: DataEdit;
}) {
  const { address, edited, edit } = props;
  const { key, now } = edited;
  const t = useText();
  const change = changeOf(edited);
  // The button that a person pressed goes away with the hidden value.
  const [isEntered, setEntered] = useState(change === 'added');
  if (now?.kind === 'hidden' && isEntered) {
    setEntered(false);
  }
  return (
    <>
      {now?.kind === 'hidden' && (
        <HiddenValue
          address={address}
          name={key}
          edit={edit}
          onEntered={() => setEntered(true)}
        />
      )}
      {now && now.kind !== 'hidden' && (
        <ShownValue name={key} value={now} hasFocus={isEntered} edit={edit} />
      )}
      {!now && (
        <Text role="status">{t('object.data.willRemove', { key })}</Text>
      )}
      <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
        {now && <FileButton onValue={value => edit.set(key, value)} />}
        {now?.kind === 'bytes' && (
          <DownloadButton
            size="small"
            text={bytesOf(now.base64)}
            fileName={key}
            mediaType="application/octet-stream"
          />
        )}
        {change && change !== 'added' && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => edit.undo(key)}
          >
            {t('object.data.undo')}
          </Button>
        )}
        {now && (
          <Button
            size="small"
            variant="secondary"
            onPress={() =>
              change === 'added' ? edit.undo(key) : edit.set(key, undefined)
            }
          >
            {t('object.data.remove', { key })}
          </Button>
        )}
      </Flex>
    </>
  );
}

function ShownValue(props: {
  name: string;
  value: Exclude<Value, { kind: 'hidden' }>;
  hasFocus: boolean;
  edit: DataEdit;
}) {
  const { name, value, hasFocus, edit } = props;
  const t = useText();
  const size = t('object.keys.bytes', { count: sizeOf(value) });
  if (value.kind === 'bytes' || value.text.length > MAX_TYPED) {
    return (
      <Text>
        {t(value.kind === 'bytes' ? 'object.data.binary' : 'object.data.long', {
          key: name,
          size,
        })}
      </Text>
    );
  }
  const { text } = value;
  return (
    <TextAreaField
      className={styles.text}
      label={t('object.keys.value', { key: name })}
      description={
        text.endsWith('\n') ? t('object.data.endsWithBreak', { size }) : size
      }
      rows={ROWS}
      spellCheck="false"
      autoComplete="off"
      // eslint-disable-next-line jsx-a11y/no-autofocus -- the person asked to enter the value
      autoFocus={hasFocus}
      value={text}
      onChange={typed =>
        edit.set(name, { kind: 'text', text: withLineEnds(typed, text) })
      }
    />
  );
}

/** A value of a Secret, which a person can replace without seeing it. */
function HiddenValue(props: {
  address: ObjectAddress;
  name: string;
  edit: DataEdit;
  /** Called before a text is shown in place of the hidden value. */
  onEntered: () => void;
}) {
  const { address, name, edit, onEntered } = props;
  const t = useText();
  const { reveal, isPending, failure, disabledReason } = useReveal(
    address,
    name,
  );
  return (
    <>
      <Text>{t('object.data.hidden', { key: name })}</Text>
      <Flex gap="2" style={{ flexWrap: 'wrap' }}>
        <Button
          variant="secondary"
          onPress={() => {
            onEntered();
            edit.set(name, { kind: 'text', text: '' });
          }}
        >
          {t('object.data.enter')}
        </Button>
        <ActionButton
          variant="secondary"
          isPending={isPending}
          disabledReason={disabledReason}
          onPress={async () => {
            const value = await reveal();
            if (value) {
              onEntered();
              edit.reveal(
                name,
                value.text === undefined
                  ? { kind: 'bytes', base64: value.base64 }
                  : { kind: 'text', text: value.text },
              );
            }
          }}
        >
          {t('object.secret.reveal')}
        </ActionButton>
      </Flex>
      <Text variant="body-small" color="secondary">
        {t('object.data.recorded')}
      </Text>
      {failure !== undefined && (
        <ProblemAlert error={failure} title={t('object.secret.failed')} />
      )}
    </>
  );
}

function FileButton({ onValue }: { onValue: (value: Value) => void }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const [isTooLarge, setTooLarge] = useState(false);
  const read = async (file?: File) => {
    setTooLarge(file !== undefined && file.size > MAX_BYTES);
    if (file && file.size <= MAX_BYTES) {
      onValue(valueOfBytes(new Uint8Array(await file.arrayBuffer())));
    }
  };
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiFolderOpenLine />}
        onPress={() => input.current?.click()}
      >
        {t('object.data.file')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('object.data.file')}
        onChange={event => {
          void read(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      {isTooLarge && (
        <ToneText tone="danger" role="alert">
          {t('object.data.tooLarge')}
        </ToneText>
      )}
    </>
  );
}
