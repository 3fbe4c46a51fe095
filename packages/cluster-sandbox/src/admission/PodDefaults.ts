import { Registry } from '../registry/Registry';
import { serviceAccounts } from '../resources/core';
import { priorityClasses } from '../resources/others';
import { isDefaultClass, storageClasses } from '../resources/storage';
import { forbidden } from '../status';
import { JsonObject } from '../types';
import { AdmissionPlugin, AdmissionRequest } from './Admission';

/** Sets the service account and priority of a pod, and the storage class of a claim, if absent. */
export class PodDefaults implements AdmissionPlugin {
  readonly #registry: () => Registry;

  constructor(registry: () => Registry) {
    this.#registry = registry;
  }

  admit(request: AdmissionRequest): void {
    if (request.operation !== 'CREATE') {
      return;
    }
    if (request.definition.kind === 'Pod') {
      this.#admitServiceAccount(request);
      this.#admitPriority(request);
      admitTolerations(request);
    }
    if (request.definition.kind === 'PersistentVolumeClaim') {
      this.#admitStorageClass(request);
    }
  }

  #admitServiceAccount(request: AdmissionRequest): void {
    const { definition, namespace, name, object } = request;
    const spec = object!.spec!;
    spec.serviceAccountName ??= spec.serviceAccount ?? 'default';
    spec.serviceAccount = spec.serviceAccountName;
    const found = this.#registry().find({
      definition: serviceAccounts,
      namespace,
      name: spec.serviceAccountName,
    });
    if (!found) {
      throw forbidden(
        definition,
        name,
        `error looking up service account ${namespace}/${
          spec.serviceAccountName
        }: serviceaccount ${JSON.stringify(spec.serviceAccountName)} not found`,
      );
    }
  }

  #admitPriority(request: AdmissionRequest): void {
    const { definition, name, object } = request;
    const spec = object!.spec!;
    const classes = this.#registry().all(priorityClasses);
    const found = spec.priorityClassName
      ? classes.find(entry => entry.metadata.name === spec.priorityClassName)
      : classes.find(entry => entry.globalDefault);
    if (spec.priorityClassName && !found) {
      throw forbidden(
        definition,
        name,
        `no PriorityClass with name ${spec.priorityClassName} was found`,
      );
    }
    if (found) {
      spec.priorityClassName = found.metadata.name;
    }
    spec.priority = found?.value ?? 0;
    spec.preemptionPolicy ??= found?.preemptionPolicy ?? 'PreemptLowerPriority';
  }

  #admitStorageClass({ object }: AdmissionRequest): void {
    if (object!.spec!.storageClassName === undefined) {
      const found = this.#registry().all(storageClasses).find(isDefaultClass);
      if (found) {
        object!.spec!.storageClassName = found.metadata.name;
      }
    }
  }
}

/** Lets a pod tolerate a short failure of its node, unless the pod specifies otherwise. */
function admitTolerations({ object }: AdmissionRequest): void {
  const spec = object!.spec!;
  const tolerations: JsonObject[] = spec.tolerations ?? [];
  for (const key of [
    'node.kubernetes.io/not-ready',
    'node.kubernetes.io/unreachable',
  ]) {
    const isTolerated = tolerations.some(
      toleration =>
        (toleration.key === key || !toleration.key) &&
        (!toleration.effect || toleration.effect === 'NoExecute'),
    );
    if (!isTolerated) {
      tolerations.push({
        key,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      });
    }
  }
  spec.tolerations = tolerations;
}
