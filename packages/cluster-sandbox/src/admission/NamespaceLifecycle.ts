import { Registry } from '../registry/Registry';
import { namespaces } from '../resources/core';
import { forbidden, notFound, StatusError } from '../status';
import { AdmissionPlugin, AdmissionRequest } from './Admission';

const IMMORTAL = ['default', 'kube-system', 'kube-public'];

/** Refuses to create objects in a missing or terminating namespace, and to delete some system namespaces. */
export class NamespaceLifecycle implements AdmissionPlugin {
  readonly #registry: () => Registry;

  constructor(registry: () => Registry) {
    this.#registry = registry;
  }

  admit(request: AdmissionRequest): void {
    const { operation, definition, namespace, name } = request;
    if (operation === 'DELETE' && definition === namespaces) {
      if (IMMORTAL.includes(name)) {
        throw forbidden(definition, name, 'this namespace may not be deleted');
      }
      return;
    }
    if (operation !== 'CREATE' || !definition.namespaced || !namespace) {
      return;
    }
    const found = this.#registry().find({
      definition: namespaces,
      name: namespace,
    });
    if (!found) {
      throw notFound(namespaces, namespace);
    }
    if (found.metadata.deletionTimestamp) {
      throw terminating(request, namespace);
    }
  }
}

function terminating(
  { definition, name }: AdmissionRequest,
  namespace: string,
): StatusError {
  const error = forbidden(
    definition,
    name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
  );
  return new StatusError(error.code, error.reason, error.message, {
    ...error.details,
    causes: [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ],
  });
}
