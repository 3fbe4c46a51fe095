import { randomSuffix, timestamp } from '../registry/metadata';
import { events } from '../resources/core';
import { KubeObject } from '../types';
import { ControllerContext, controllerIdentity, tolerate } from './Controller';

const IDENTITY = controllerIdentity('event-recorder');
/** The most events in one namespace; a new event then replaces the oldest. Events do not expire. */
const MAX_PER_NAMESPACE = 200;

export interface EventText {
  type?: 'Normal' | 'Warning';
  reason: string;
  message: string;
  component: string;
  /** The part of the object, such as `spec.containers{web}`. */
  fieldPath?: string;
  host?: string;
}

/** Records an event of an object; a repeated event only increases the count. */
export function recordEvent(
  { registry }: ControllerContext,
  object: KubeObject,
  text: EventText,
): void {
  const namespace = object.metadata.namespace ?? 'default';
  const now = timestamp();
  const known = registry.all(events, namespace);
  const same = known.find(
    event =>
      event.involvedObject?.uid === object.metadata.uid &&
      event.reason === text.reason &&
      event.message === text.message,
  );
  if (same) {
    tolerate(() =>
      registry.update(
        { definition: events, namespace, name: same.metadata.name },
        event => ({
          ...event,
          count: (event.count ?? 1) + 1,
          lastTimestamp: now,
        }),
        IDENTITY,
      ),
    );
    return;
  }
  if (known.length >= MAX_PER_NAMESPACE) {
    const oldest = known.reduce((a, b) =>
      a.lastTimestamp <= b.lastTimestamp ? a : b,
    );
    tolerate(() =>
      registry.delete(
        { definition: events, namespace, name: oldest.metadata.name },
        {},
        IDENTITY,
      ),
    );
  }
  tolerate(() =>
    registry.create(
      events,
      namespace,
      {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: `${object.metadata.name}.${randomSuffix(16)}` },
        involvedObject: {
          kind: object.kind,
          apiVersion: object.apiVersion,
          name: object.metadata.name,
          uid: object.metadata.uid,
          resourceVersion: object.metadata.resourceVersion,
          ...(object.metadata.namespace && { namespace }),
          ...(text.fieldPath && { fieldPath: text.fieldPath }),
        },
        type: text.type ?? 'Normal',
        reason: text.reason,
        message: text.message,
        source: {
          component: text.component,
          ...(text.host && { host: text.host }),
        },
        reportingComponent: text.component,
        reportingInstance: text.host ?? '',
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
      },
      IDENTITY,
    ),
  );
}
