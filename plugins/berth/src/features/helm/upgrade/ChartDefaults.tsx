import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmChartReference,
  HelmReleaseAddress,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Loaded, Section, useText } from '../../../kit';
import { CodeEditor } from '../../../kit/code';
import { usePolled } from '../../../kit/query';
import { EDITOR_HEIGHT } from './ValuesEditor';

/** Shows the values of the chart of a release, from which people copy those that they want to change. */
export function StoredDefaults(props: {
  address: HelmReleaseAddress;
  revision: number;
}) {
  const { address, revision } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['release', address, 'defaults', revision],
    load: () => api.getReleaseValues(address, { revision, defaults: true }),
    ignoresChanges: true,
  });
  return (
    <Section title={t('helm.upgrade.defaults')}>
      <Loaded
        polled={polled}
        title={t('helm.values.failed')}
        height={300}
        render={({ yaml }) => (
          <CodeEditor
            label={t('helm.upgrade.defaultsLabel', {
              release: address.release,
            })}
            value={yaml}
            height={EDITOR_HEIGHT}
          />
        )}
      />
    </Section>
  );
}

/** Shows the values of a chart of a repository, with their comments. */
export function RepositoryDefaults({ chart }: { chart: HelmChartReference }) {
  const { repository, name, version } = chart;
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['chart', { repository, chart: name }, 'file', version, 'values'],
    load: () =>
      api.getChartFile({ repository, chart: name, version }, 'values'),
    ignoresChanges: true,
  });
  return (
    <Section title={t('helm.upgrade.defaults')}>
      <Loaded
        polled={polled}
        title={t('helm.values.failed')}
        height={300}
        render={({ text }) =>
          text === undefined ? (
            <Text color="secondary">{t('helm.upgrade.noDefaults')}</Text>
          ) : (
            <CodeEditor
              label={t('helm.upgrade.defaultsOf', { chart: name, version })}
              value={text}
              height={EDITOR_HEIGHT}
            />
          )
        }
      />
    </Section>
  );
}
