import { useAbilities } from '../../../kit';
import { Place } from './PlaceFields';

/** Returns why a person may not install a release in a namespace; undefined if they may, or if it is not known. */
export function useReasonAgainstPlace({
  cluster,
  namespace,
}: Place): string | undefined {
  const can = useAbilities(namespace && cluster, namespace);
  // Helm stores the release in a Secret.
  const { unknown, reason } = can('create', {
    group: 'core',
    plural: 'secrets',
  });
  return unknown ? undefined : reason;
}
