import { KubeObject } from '../../kube';
import { PACK_ANNOTATIONS, PACK_LABELS } from '../../policyPack';

const LABELS = Object.values(PACK_LABELS);
const ANNOTATIONS = Object.values(PACK_ANNOTATIONS);

/** Returns whether desired namespaces have values for a policy of the pack. */
export function needsPack(wanted: readonly KubeObject[]): boolean {
  return wanted.some(
    ({ metadata: { labels = {}, annotations = {} } }) =>
      LABELS.some(key => Object.hasOwn(labels, key)) ||
      ANNOTATIONS.some(key => Object.hasOwn(annotations, key)),
  );
}
