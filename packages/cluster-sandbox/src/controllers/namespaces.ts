import { timestamp } from '../registry/metadata';
import { RESOURCES } from '../resources';
import { configMaps, namespaces, serviceAccounts } from '../resources/core';
import { JsonObject, KubeObject } from '../types';
import {
  ControllerContext,
  controllerIdentity,
  on,
  tolerate,
} from './Controller';

const IDENTITY = controllerIdentity('namespace-controller');
const NAMESPACED = RESOURCES.filter(definition => definition.namespaced);

export interface NamespaceControllerOptions {
  caPem: string;
  /** The milliseconds that a namespace stays Terminating. */
  terminationDelayMs: number;
}

/** Creates the default objects of new namespaces, and deletes the content of terminating ones. */
export function runNamespaces(
  context: ControllerContext,
  options: NamespaceControllerOptions,
): void {
  const { registry, queue } = context;
  on(context, namespaces, ({ type, object }) => {
    const { name, deletionTimestamp } = object.metadata;
    if (type === 'DELETED') {
      return;
    }
    if (deletionTimestamp) {
      queue.schedule(`terminate/${name}`, options.terminationDelayMs, () =>
        terminate(context, name, options.terminationDelayMs),
      );
    } else if (type === 'ADDED') {
      queue.schedule(`furnish/${name}`, 0, () =>
        furnish(context, name, options.caPem),
      );
    }
  });
  for (const definition of [serviceAccounts, configMaps]) {
    on(context, definition, ({ type, object }) => {
      if (type === 'DELETED' && isFurniture(object)) {
        const name = object.metadata.namespace!;
        queue.schedule(`furnish/${name}`, 0, () =>
          furnish(context, name, options.caPem),
        );
      }
    });
  }
  for (const { metadata } of registry.all(namespaces)) {
    furnish(context, metadata.name, options.caPem);
  }
}

function isFurniture({ kind, metadata }: KubeObject): boolean {
  return kind === 'ServiceAccount'
    ? metadata.name === 'default'
    : metadata.name === 'kube-root-ca.crt';
}

function furnish(
  { registry }: ControllerContext,
  namespace: string,
  caPem: string,
): void {
  tolerate(() =>
    registry.create(
      serviceAccounts,
      namespace,
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default' },
      },
      IDENTITY,
    ),
  );
  tolerate(() =>
    registry.create(
      configMaps,
      namespace,
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'kube-root-ca.crt',
          annotations: {
            'kubernetes.io/description':
              'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
          },
        },
        data: { 'ca.crt': caPem },
      },
      IDENTITY,
    ),
  );
}

function terminate(
  context: ControllerContext,
  name: string,
  delayMs: number,
): void {
  const { registry, queue } = context;
  const address = { definition: namespaces, name };
  const namespace = registry.find(address);
  if (!namespace?.metadata.deletionTimestamp) {
    return;
  }
  const remaining: KubeObject[] = [];
  for (const definition of NAMESPACED) {
    for (const { metadata } of registry.all(definition, name)) {
      const item = { definition, namespace: name, name: metadata.name };
      tolerate(() =>
        registry.delete(item, { gracePeriodSeconds: 0 }, IDENTITY),
      );
    }
    remaining.push(...registry.all(definition, name));
  }
  if (remaining.length > 0) {
    tolerate(() =>
      registry.update(
        address,
        object => ({
          ...object,
          status: { ...object.status, conditions: conditionsOf(remaining) },
        }),
        { ...IDENTITY, subresource: 'status' },
      ),
    );
    queue.schedule(`terminate/${name}`, Math.max(delayMs, 100), () =>
      terminate(context, name, delayMs),
    );
    return;
  }
  tolerate(() =>
    registry.update(
      address,
      object => ({
        ...object,
        spec: {
          ...object.spec,
          finalizers: (object.spec?.finalizers ?? []).filter(
            (finalizer: string) => finalizer !== 'kubernetes',
          ),
        },
      }),
      { ...IDENTITY, subresource: 'finalize' },
    ),
  );
}

function conditionsOf(remaining: KubeObject[]): JsonObject[] {
  const condition = (
    type: string,
    status: string,
    reason: string,
    message: string,
  ) => ({ type, status, reason, message, lastTransitionTime: timestamp() });
  const kinds = new Map<string, number>();
  const finalizers = new Map<string, number>();
  for (const { kind, apiVersion, metadata } of remaining) {
    const plural = RESOURCES.find(
      entry =>
        entry.kind === kind && apiVersion.startsWith(entry.group || 'v1'),
    )!;
    const resource = `${plural.plural}.${plural.group}`;
    kinds.set(resource, (kinds.get(resource) ?? 0) + 1);
    for (const finalizer of metadata.finalizers ?? []) {
      finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
    }
  }
  const list = (entries: Map<string, number>, word: string) =>
    [...entries]
      .map(([name, count]) => `${name} has ${count} ${word}`)
      .join(', ');
  return [
    condition(
      'NamespaceDeletionDiscoveryFailure',
      'False',
      'ResourcesDiscovered',
      'All resources successfully discovered',
    ),
    condition(
      'NamespaceDeletionGroupVersionParsingFailure',
      'False',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    condition(
      'NamespaceDeletionContentFailure',
      'False',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    condition(
      'NamespaceContentRemaining',
      'True',
      'SomeResourcesRemain',
      `Some resources are remaining: ${list(kinds, 'resource instances')}`,
    ),
    condition(
      'NamespaceFinalizersRemaining',
      finalizers.size ? 'True' : 'False',
      finalizers.size ? 'SomeFinalizersRemain' : 'ContentHasNoFinalizers',
      finalizers.size
        ? `Some content in the namespace has finalizers remaining: ${list(
            finalizers,
            'resource instances',
          ).replace(/ has /g, ' in ')}`
        : 'All content-preserving finalizers finished',
    ),
  ];
}
