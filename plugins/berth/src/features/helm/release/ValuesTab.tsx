import { Text, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmReleaseAddress,
  HelmReleaseView,
  HelmValues,
} from '@berth/plugin-berth-common';
import { useSearchParams } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import {
  CopyButton,
  DownloadButton,
  Loaded,
  Section,
  useText,
} from '../../../kit';
import { CodeEditor } from '../../../kit/code';
import { usePolled } from '../../../kit/query';
import styles from '../helm.module.css';
import { HiddenValues } from './HiddenValues';
import { useChosenRevision } from './useChosenRevision';

const HEIGHT = '60vh';

/** Shows the values of a revision: those that a person set, or all of them. Secrets are hidden. */
export function ValuesTab(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
}) {
  const { address, view } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const { revision, select } = useChosenRevision(address, view);
  const [parameters, setParameters] = useSearchParams();
  const all = parameters.has('all');
  const polled = usePolled({
    key: ['release', address, 'values', revision, all],
    load: () => api.getReleaseValues(address, { revision, all }),
  });
  const setAll = (isAll: boolean) =>
    setParameters(
      before => {
        const after = new URLSearchParams(before);
        after.delete('all');
        if (isAll) {
          after.set('all', 'true');
        }
        return after;
      },
      { replace: true },
    );
  return (
    <>
      <div className={styles.controls}>
        {select}
        <ToggleButtonGroup
          aria-label={t('helm.values.which')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[all ? 'all' : 'mine']}
          onSelectionChange={([key]) => setAll(key === 'all')}
        >
          <ToggleButton id="mine">{t('helm.values.mine')}</ToggleButton>
          <ToggleButton id="all">{t('helm.values.all')}</ToggleButton>
        </ToggleButtonGroup>
      </div>
      <Text as="p" variant="body-small" color="secondary">
        {t(all ? 'helm.values.allHint' : 'helm.values.mineHint')}
      </Text>
      <Loaded
        polled={polled}
        title={t('helm.values.failed')}
        height={300}
        render={values => (
          <Values
            address={address}
            values={values}
            revision={revision}
            all={all}
          />
        )}
      />
    </>
  );
}

function Values(props: {
  address: HelmReleaseAddress;
  values: HelmValues;
  revision?: number;
  all: boolean;
}) {
  const { address, values, revision, all } = props;
  const t = useText();
  const { yaml, masked } = values;
  const isNothing = ['', '{}', 'null'].includes(yaml.trim());
  if (isNothing) {
    return <Text>{t(all ? 'helm.values.noneAtAll' : 'helm.values.none')}</Text>;
  }
  return (
    <>
      <div className={styles.stack}>
        <div className={styles.rowLinks}>
          <CopyButton text={yaml} aria-label={t('helm.values.copy')} />
          <DownloadButton
            text={yaml}
            fileName={`${address.release}-values.yaml`}
          />
        </div>
        <CodeEditor
          label={t('helm.values.label', { release: address.release })}
          value={yaml}
          height={HEIGHT}
        />
      </div>
      {masked.length > 0 && (
        <Section title={t('helm.hidden.title', { count: masked.length })}>
          <HiddenValues
            address={address}
            items={masked.map(path => ({
              name: path.join('.'),
              request: {
                ...(revision !== undefined && { revision }),
                ...(all && { all }),
                value: path,
              },
            }))}
          />
        </Section>
      )}
    </>
  );
}
