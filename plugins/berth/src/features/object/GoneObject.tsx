import { RefObject, useState } from 'react';
import { ButtonLink, Flex, Text } from '@backstage/ui';
import { RiDeleteBinLine } from '@remixicon/react';
import { ObjectAddress, ObjectView } from '@berth/plugin-berth-common';
import { CopyButton, Notice, useText, useUnsavedChanges } from '../../kit';
import { CodeEditor } from '../../kit/code';
import { useBreadcrumbs } from './ObjectHeader';
import { textAt } from './reading';

/** Shown when an object that was open cannot be found any more. What the person typed into its YAML stays to be copied. */
export function GoneObject(props: {
  address: ObjectAddress;
  /** As the person last saw the object. */
  view: ObjectView;
  /** The text of an unsaved edit. */
  draft: RefObject<string | undefined>;
}) {
  const { address, view } = props;
  // The tab with the edit clears the text when the tab goes.
  const [draft] = useState(props.draft.current);
  useUnsavedChanges(Boolean(draft));
  const t = useText();
  const places = useBreadcrumbs(address);
  const { label, href } = places[places.length - 1];
  const kind = textAt(view.object, 'kind') ?? address.plural;
  const isDeleted =
    textAt(view.object, 'metadata.deletionTimestamp') !== undefined;
  // The answer is the same without the object and without the right to read it.
  const reason = isDeleted ? 'deleted' : 'unknown';
  const notice = (
    <Notice
      role="status"
      icon={RiDeleteBinLine}
      title={t(`object.gone.${reason}.title`, { kind, name: address.name })}
      actions={
        <ButtonLink variant="secondary" href={href}>
          {t('object.gone.back', { place: label })}
        </ButtonLink>
      }
    >
      <Text color="secondary">{t(`object.gone.${reason}.hint`)}</Text>
    </Notice>
  );
  if (!draft) {
    return notice;
  }
  return (
    <Flex direction="column" gap="3">
      {notice}
      <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
        <Text>{t('object.gone.draft')}</Text>
        <CopyButton text={draft} aria-label={t('object.yaml.copy')} />
      </Flex>
      <CodeEditor
        label={t('object.gone.draftLabel', { name: address.name })}
        value={draft}
      />
    </Flex>
  );
}
