import { ReleaseList } from '../../features/helm';
import { EntityFrame } from './EntityFrame';
import { WithEntityScope } from './EntityScope';

/** Tab of a component or system: the Helm releases in its namespaces. */
export function EntityReleasesContent() {
  return (
    <EntityFrame>
      <WithEntityScope>
        {scope => <ReleaseList scope={scope} />}
      </WithEntityScope>
    </EntityFrame>
  );
}
