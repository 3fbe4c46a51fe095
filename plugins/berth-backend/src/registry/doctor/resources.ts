import { KubeResource } from '../../kube';

const AUTHENTICATION = 'authentication.k8s.io';

function unscoped(
  apiVersion: string,
  kind: string,
  plural: string,
): KubeResource {
  return { apiVersion, kind, plural, namespaced: false };
}

export const STORAGE_CLASSES = unscoped(
  'storage.k8s.io/v1',
  'StorageClass',
  'storageclasses',
);

export const RUNTIME_CLASSES = unscoped(
  'node.k8s.io/v1',
  'RuntimeClass',
  'runtimeclasses',
);

/** The versions in Kubernetes 1.28 and later, and in the beta and alpha releases before. */
export const SELF_SUBJECT_REVIEWS = ['v1', 'v1beta1', 'v1alpha1'].map(version =>
  unscoped(
    `${AUTHENTICATION}/${version}`,
    'SelfSubjectReview',
    'selfsubjectreviews',
  ),
);

export const SELF_SUBJECT_RULES_REVIEWS = unscoped(
  'authorization.k8s.io/v1',
  'SelfSubjectRulesReview',
  'selfsubjectrulesreviews',
);
