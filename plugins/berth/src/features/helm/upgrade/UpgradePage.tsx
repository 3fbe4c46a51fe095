import { HelmReleaseAddress } from '@berth/plugin-berth-common';
import { Loaded, useReleaseAddress, useText } from '../../../kit';
import { useReleaseActions } from '../operations/useReleaseActions';
import {
  ChangedRelease,
  ReleaseChangePage,
} from '../release/ReleaseChangePage';
import { UpgradeEditor } from './UpgradeEditor';
import { useUpgradeBase } from './useUpgrade';

const INTERVAL = 20_000;

/** Changes the values of a release: the person sees what an upgrade would do before it starts. */
export function UpgradePage() {
  const address = useReleaseAddress();
  const t = useText();
  const title = t('helm.upgrade.title', { release: address.release });
  return (
    <ReleaseChangePage
      // Nothing that a person entered for one release may move on to another.
      key={Object.values(address).join()}
      address={address}
      title={title}
      tabTitle={[title]}
      description={t('helm.upgrade.description')}
      every={INTERVAL}
    >
      {release => <Editor address={address} {...release} />}
    </ReleaseChangePage>
  );
}

function Editor(props: ChangedRelease & { address: HelmReleaseAddress }) {
  const { address, view, revision, polled } = props;
  const t = useText();
  const base = useUpgradeBase(address, revision);
  const { reasonOf } = useReleaseActions(address, view);
  return (
    <Loaded
      polled={base}
      title={t('helm.values.failed')}
      height={400}
      render={value => (
        <UpgradeEditor
          address={address}
          base={value}
          view={view}
          release={polled}
          disabledReason={reasonOf('upgrade')}
        />
      )}
    />
  );
}
