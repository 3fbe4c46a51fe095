import { ResourceDefinition } from '../resources/ResourceDefinition';
import { conflict } from '../status';
import { copy, KubeObject } from '../types';
import { timestamp } from './metadata';

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  orphanDependents?: boolean;
  preconditions?: { uid?: string; resourceVersion?: string };
  dryRun?: string[];
}

/** @throws StatusError 409 if the object does not meet the preconditions */
export function checkPreconditions(
  object: KubeObject,
  options: DeleteOptions,
): void {
  const { uid, resourceVersion } = options.preconditions ?? {};
  const { metadata, kind } = object;
  const subject = { group: groupOf(object.apiVersion), plural: kind };
  if (uid && uid !== metadata.uid && kind === 'Namespace') {
    throw conflict(
      { group: '', plural: 'namespaces' },
      metadata.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
    );
  }
  if (uid && uid !== metadata.uid) {
    throw conflict(
      subject,
      metadata.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion && resourceVersion !== metadata.resourceVersion) {
    throw conflict(
      subject,
      metadata.name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
  }
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** Returns the object after a deletion that must wait; undefined if nothing holds the object back. */
export function withDeletion(
  definition: ResourceDefinition,
  current: KubeObject,
  options: DeleteOptions,
): KubeObject | undefined {
  const next = copy(current);
  const finalizers = new Set(next.metadata.finalizers);
  const policy = propagation(options);
  if (policy) {
    finalizers.delete('orphan');
    finalizers.delete('foregroundDeletion');
    if (policy === 'Orphan') finalizers.add('orphan');
    if (policy === 'Foreground') finalizers.add('foregroundDeletion');
  }
  const grace = gracePeriod(definition, current, options);
  const held =
    finalizers.size > 0 || grace > 0 || definition.plural === 'namespaces';
  if (!held) {
    return undefined;
  }
  if (finalizers.size > 0) {
    next.metadata.finalizers = [...finalizers];
  }
  if (definition.plural === 'namespaces') {
    next.status = { ...next.status, phase: 'Terminating' };
    next.metadata.deletionTimestamp ??= timestamp();
    return next;
  }
  const known = next.metadata.deletionGracePeriodSeconds;
  if (known === undefined || grace < known) {
    next.metadata.deletionGracePeriodSeconds = grace;
    next.metadata.deletionTimestamp = timestamp(
      new Date(Date.now() + grace * 1000),
    );
    if (definition.hasGeneration && next.metadata.generation) {
      next.metadata.generation += 1;
    }
  }
  return next;
}

/** Returns the last state of a deleted object. A pod gets the time of its deletion; other objects stay unchanged. */
export function asDeleted(object: KubeObject): KubeObject {
  return object.kind === 'Pod'
    ? {
        ...object,
        metadata: {
          ...object.metadata,
          deletionTimestamp: object.metadata.deletionTimestamp ?? timestamp(),
          deletionGracePeriodSeconds: 0,
        },
      }
    : object;
}

function propagation(options: DeleteOptions) {
  if (options.propagationPolicy) {
    return options.propagationPolicy;
  }
  if (options.orphanDependents === undefined) {
    return undefined;
  }
  return options.orphanDependents ? 'Orphan' : 'Background';
}

/** Returns the grace period in seconds; 0 unless the object is an unfinished pod with a node. */
function gracePeriod(
  definition: ResourceDefinition,
  current: KubeObject,
  options: DeleteOptions,
): number {
  if (
    definition.kind !== 'Pod' ||
    !current.spec?.nodeName ||
    ['Succeeded', 'Failed'].includes(current.status?.phase)
  ) {
    return 0;
  }
  return (
    options.gracePeriodSeconds ??
    current.spec.terminationGracePeriodSeconds ??
    30
  );
}
