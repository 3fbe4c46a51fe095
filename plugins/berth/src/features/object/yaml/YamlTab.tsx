import { MutableRefObject, useEffect, useRef } from 'react';
import { Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ObjectAddress, ObjectView } from '@berth/plugin-berth-common';
import { useSearchParams } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import {
  ActionButton,
  CopyButton,
  DownloadButton,
  Loaded,
  useText,
} from '../../../kit';
import { CodeEditor } from '../../../kit/code';
import { usePolled } from '../../../kit/query';
import { ObjectActions } from '../actions/useObjectActions';
import { useYamlEdit } from './useYamlEdit';
import { YamlEditor } from './YamlEditor';

const INTERVAL = 10_000;
const HEIGHT = '65vh';

/** Shows an object as YAML, and edits it. */
export function YamlTab(props: {
  address: ObjectAddress;
  view: ObjectView;
  actions: ObjectActions;
  /** Holds the text of an unsaved edit while the tab is open. */
  draft: MutableRefObject<string | undefined>;
  onSaved: () => Promise<void>;
}) {
  const { address, view, actions, draft, onSaved } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['object', address, 'yaml'],
    load: () => api.getObjectYaml(address),
    every: INTERVAL,
  });
  const edit = useYamlEdit(address, async () => {
    await Promise.all([onSaved(), polled.refresh()]);
  });
  const reason = actions.reasonOf('edit');
  useStartFromAddress(
    polled.value !== undefined && reason === undefined,
    () => edit.base ?? edit.start(polled.value!, actions.uid),
  );
  const unsaved = edit.isChanged ? edit.text : undefined;
  useEffect(() => {
    draft.current = unsaved;
    return () => {
      draft.current = undefined;
    };
  }, [draft, unsaved]);
  if (edit.base) {
    return (
      <YamlEditor
        address={address}
        edit={edit}
        latest={polled.value ?? edit.base.yaml}
        managers={view.managers}
      />
    );
  }
  return (
    <Loaded
      polled={polled}
      title={t('object.yaml.failed')}
      height={400}
      render={yaml => (
        <Flex direction="column" gap="3">
          <Flex gap="2" style={{ flexWrap: 'wrap' }}>
            <ActionButton
              variant="primary"
              disabledReason={reason}
              onPress={() => edit.start(yaml, actions.uid)}
            >
              {t('object.yaml.edit')}
            </ActionButton>
            <CopyButton text={yaml} aria-label={t('object.yaml.copy')} />
            <DownloadButton text={yaml} fileName={`${address.name}.yaml`} />
          </Flex>
          <CodeEditor
            label={t('object.yaml.label', { name: address.name })}
            value={yaml}
            height={HEIGHT}
          />
        </Flex>
      )}
    />
  );
}

/** Starts an edit once if the address asks for it, as the menu of actions does. An edit that is open goes on. */
function useStartFromAddress(isReady: boolean, start: () => void) {
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.has('edit');
  const latest = useRef(start);
  latest.current = start;
  useEffect(() => {
    if (asked && isReady) {
      latest.current();
      setParameters({}, { replace: true });
    }
  }, [asked, isReady, setParameters]);
}
