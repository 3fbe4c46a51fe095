import { isDeepStrictEqual } from 'node:util';
import { Cause, cause } from '../status';
import { labelSelectorMatches } from '../storage/selectors';
import { KubeObject } from '../types';
import { defaultPodSpec, podSpecCauses } from './podSpec';

/** Returns the pod spec of a workload. */
export const templateSpec = (object: KubeObject) => object.spec?.template?.spec;

/** The common properties of all workloads. */
export const common = {
  categories: ['all'],
  hasStatus: true,
  hasGeneration: true,
};

/** Sets the defaults in a workload's pod template. */
export function defaultTemplate(object: KubeObject): void {
  object.spec ??= {};
  if (object.spec.template?.spec) {
    object.spec.template.metadata ??= {};
    defaultPodSpec(object.spec.template.spec);
  }
}

/** Returns the errors in the selector, the template or the number of replicas. */
export function selectorCauses(
  object: KubeObject,
  old: KubeObject | undefined,
) {
  const causes: Cause[] = [];
  const selector = object.spec?.selector;
  const labels = object.spec?.template?.metadata?.labels;
  if (!selector) {
    causes.push(cause.required('spec.selector'));
  }
  if (!labelSelectorMatches(selector)(labels)) {
    causes.push(
      cause.invalid(
        'spec.template.metadata.labels',
        labels ?? {},
        '`selector` does not match template `labels`',
      ),
    );
  }
  if (old && !isDeepStrictEqual(selector, old.spec?.selector)) {
    causes.push(cause.invalid('spec.selector', selector, 'field is immutable'));
  }
  if (object.spec?.replicas < 0) {
    causes.push(
      cause.invalid(
        'spec.replicas',
        object.spec?.replicas,
        'must be greater than or equal to 0',
      ),
    );
  }
  return [
    ...causes,
    ...podSpecCauses(templateSpec(object), 'spec.template.spec'),
  ];
}
