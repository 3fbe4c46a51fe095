import { useApi } from '@backstage/core-plugin-api';
import { HelmReleaseAddress } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Loaded, useText } from '../../../kit';
import { usePolled } from '../../../kit/query';
import { Differences } from './Differences';

/** Shows what differs between two revisions: values, objects and notes. */
export function RevisionDiff(props: {
  address: HelmReleaseAddress;
  from: number;
  to: number;
}) {
  const { address, from, to } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['release', address, 'diff', from, to],
    load: () => api.compareReleases(address, { from, to }),
  });
  return (
    <Loaded
      polled={polled}
      title={t('helm.diff.failed')}
      render={diff => (
        <Differences diff={diff} nothing={t('helm.diff.nothing')} />
      )}
    />
  );
}
