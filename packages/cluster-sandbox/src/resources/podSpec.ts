import { Cause, cause } from '../status';
import { JsonObject } from '../types';

/** Sets the API server's defaults in the spec of a pod or a pod template. */
export function defaultPodSpec(spec: JsonObject): void {
  spec.restartPolicy ??= 'Always';
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.securityContext ??= {};
  spec.schedulerName ??= 'default-scheduler';
  for (const container of allContainers(spec)) {
    container.terminationMessagePath ??= '/dev/termination-log';
    container.terminationMessagePolicy ??= 'File';
    container.imagePullPolicy ??=
      /:[^/]+$/.test(container.image ?? '') && !/:latest$/.test(container.image)
        ? 'IfNotPresent'
        : 'Always';
    container.resources ??= {};
    for (const port of container.ports ?? []) {
      port.protocol ??= 'TCP';
    }
    const { limits, requests } = container.resources;
    if (limits) {
      container.resources.requests = { ...limits, ...requests };
    }
  }
}

/** Returns the containers of a pod spec, including init containers. */
export function allContainers(spec: JsonObject | undefined): JsonObject[] {
  return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Returns the errors in a pod spec. */
export function podSpecCauses(
  spec: JsonObject | undefined,
  path: string,
): Cause[] {
  if (!spec?.containers?.length) {
    return [cause.required(`${path}.containers`)];
  }
  const causes: Cause[] = [];
  const seen = new Set<string>();
  for (const list of ['initContainers', 'containers']) {
    (spec[list] ?? []).forEach((container: JsonObject, index: number) => {
      const at = `${path}.${list}[${index}]`;
      if (!container.name) {
        causes.push(cause.required(`${at}.name`));
      } else if (!LABEL.test(container.name)) {
        causes.push(
          cause.invalid(
            `${at}.name`,
            container.name,
            `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
          ),
        );
      } else if (seen.has(container.name)) {
        causes.push(cause.duplicate(`${at}.name`, container.name));
      }
      seen.add(container.name);
      if (!container.image) {
        causes.push(cause.required(`${at}.image`));
      }
    });
  }
  return causes;
}
