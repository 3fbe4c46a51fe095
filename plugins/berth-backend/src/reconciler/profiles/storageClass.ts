import { PACK_ANNOTATIONS, PACK_LABELS } from '../../policyPack';
import { NamespaceFields } from './types';

/**
 * Returns the fields of a namespace whose volumes get another storage class than the default of the cluster; none without
 * another one.
 */
export function storageClassFields(
  replace: string,
  by: string | undefined,
): NamespaceFields {
  return by === undefined || by === '' || by === replace
    ? {}
    : {
        labels: { [PACK_LABELS.storageClass]: 'set' },
        annotations: {
          [PACK_ANNOTATIONS.storageClassReplace]: replace,
          [PACK_ANNOTATIONS.storageClassBy]: by,
        },
      };
}
