import { useText } from '../../kit';
import { ReleaseList } from '../../features/helm';
import { EntityFrame } from './EntityFrame';
import { WithEntityScope } from './EntityScope';

/** Tab of a component or system: the Helm releases in its namespaces. */
export function EntityReleasesContent() {
  const t = useText();
  return (
    <EntityFrame>
      <WithEntityScope>
        {scope => (
          <section aria-label={t('helm.title')}>
            <ReleaseList scope={scope} />
          </section>
        )}
      </WithEntityScope>
    </EntityFrame>
  );
}
