import { Alert } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ProfileKind } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { usePolled } from '../query';
import { useText } from '../useText';

/** The backend reads the cluster once a minute. */
const INTERVAL = 60_000;

/**
 * Warns of the fields of a profile that the cluster does not support. Nothing is shown while they are not known,
 * because the page is useful without them.
 */
export function UnsupportedItems(props: {
  cluster: string;
  /** Both kinds by default. */
  kind?: ProfileKind;
  /** Whether the nodes of size classes concern the reader; true by default. */
  sizeClassNodes?: boolean;
}) {
  const { cluster, kind, sizeClassNodes = true } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const { value } = usePolled({
    key: ['clusterProfile', cluster],
    load: () => api.getClusterProfile(cluster),
    every: INTERVAL,
  });
  const lines = new Set(
    value?.kinds
      .filter(one => kind === undefined || one.kind === kind)
      .flatMap(({ items }) => items)
      .filter(
        ({ item, state }) =>
          state === 'unsupported' &&
          (sizeClassNodes || item !== 'sizeClassNodes'),
      )
      .map(({ item, why = '' }) =>
        t('profile.unsupported.item', {
          item: t(`profile.item.${item}`),
          why,
        }),
      ),
  );
  return lines.size === 0 ? null : (
    <Alert
      role="status"
      status="warning"
      icon
      title={t('profile.unsupported.title', { count: lines.size })}
      description={
        <>
          {[...lines].map(line => (
            <div key={line}>{line}</div>
          ))}
        </>
      }
    />
  );
}
