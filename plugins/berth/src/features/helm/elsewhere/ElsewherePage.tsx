import { HelmReleaseAddress } from '@berth/plugin-berth-common';
import { Loaded, useReleaseAddress, useText } from '../../../kit';
import { useReleaseActions } from '../operations/useReleaseActions';
import {
  ChangedRelease,
  ReleaseChangePage,
} from '../release/ReleaseChangePage';
import { useUpgradeBase } from '../upgrade/useUpgrade';
import { Elsewhere } from './Elsewhere';

/** Installs a release on other clusters: each target has values, a check and an operation of its own. */
export function ElsewherePage() {
  const address = useReleaseAddress();
  const t = useText();
  const title = t('helm.elsewhere.title');
  return (
    <ReleaseChangePage
      // Nothing that a person entered for one release may move on to another.
      key={Object.values(address).join()}
      address={address}
      title={title}
      tabTitle={[title, address.release]}
      description={t('helm.elsewhere.description')}
    >
      {release => <WithValues address={address} {...release} />}
    </ReleaseChangePage>
  );
}

function WithValues(props: ChangedRelease & { address: HelmReleaseAddress }) {
  const { address, view, revision } = props;
  const t = useText();
  const base = useUpgradeBase(address, revision);
  const { reasonOf } = useReleaseActions(address, view);
  return (
    <Loaded
      polled={base}
      title={t('helm.values.failed')}
      height={400}
      render={value => (
        <Elsewhere
          original={{
            ...{ address, revision: value.revision },
            ...{ values: value.yaml, hidesValues: value.hidesValues },
          }}
          view={view}
          disabledReason={reasonOf('elsewhere')}
        />
      )}
    />
  );
}
