import { Quantity } from '@berth/plugin-berth-common';
import { Registry } from '../registry/Registry';
import { limitRanges } from '../resources/quotas';
import { allContainers } from '../resources/podSpec';
import { forbidden } from '../status';
import { JsonObject, KubeObject } from '../types';
import { AdmissionPlugin, AdmissionRequest } from './Admission';

/** Sets a pod's missing requests and limits from the namespace's LimitRanges, then checks them. */
export class LimitRanger implements AdmissionPlugin {
  readonly #registry: () => Registry;

  constructor(registry: () => Registry) {
    this.#registry = registry;
  }

  admit(request: AdmissionRequest): void {
    if (request.operation === 'CREATE' && request.definition.kind === 'Pod') {
      for (const item of this.#items(request)) {
        if (item.type === 'Container') {
          fillDefaults(request.object!, item);
        }
      }
    }
  }

  validate(request: AdmissionRequest): void {
    const { operation, definition, object, name, subresource } = request;
    const errors: string[] = [];
    if (operation === 'DELETE' || subresource) {
      return;
    }
    for (const item of this.#items(request)) {
      if (definition.kind === 'Pod' && operation === 'CREATE') {
        errors.push(...podErrors(object!, item));
      }
      if (
        definition.kind === 'PersistentVolumeClaim' &&
        item.type === 'PersistentVolumeClaim'
      ) {
        const { requests } = object!.spec?.resources ?? {};
        errors.push(...boundErrors(item, requests ?? {}, requests ?? {}));
      }
    }
    if (errors.length) {
      throw forbidden(
        definition,
        name,
        errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`,
      );
    }
  }

  #items({ namespace }: AdmissionRequest): JsonObject[] {
    return namespace
      ? this.#registry()
          .all(limitRanges, namespace)
          .flatMap(range => range.spec?.limits ?? [])
      : [];
  }
}

function fillDefaults(pod: KubeObject, item: JsonObject): void {
  const notes: string[] = [];
  for (const list of ['containers', 'initContainers']) {
    for (const container of pod.spec?.[list] ?? []) {
      container.resources ??= {};
      for (const [field, defaults, word] of [
        ['requests', item.defaultRequest, 'request'],
        ['limits', item.default, 'limit'],
      ] as const) {
        const missing = Object.keys(defaults ?? {}).filter(
          name => container.resources[field]?.[name] === undefined,
        );
        if (missing.length) {
          container.resources[field] = {
            ...defaults,
            ...container.resources[field],
          };
          const kind = list === 'containers' ? 'container' : 'init container';
          notes.push(
            `${missing.sort().join(', ')} ${word} for ${kind} ${
              container.name
            }`,
          );
        }
      }
    }
  }
  if (notes.length) {
    pod.metadata.annotations = {
      ...pod.metadata.annotations,
      'kubernetes.io/limit-ranger': `LimitRanger plugin set: ${notes.join(
        '; ',
      )}`,
    };
  }
}

function podErrors(pod: KubeObject, item: JsonObject): string[] {
  if (item.type === 'Container') {
    return allContainers(pod.spec).flatMap(({ resources = {} }) =>
      boundErrors(item, resources.requests ?? {}, resources.limits ?? {}),
    );
  }
  if (item.type === 'Pod') {
    const containers: JsonObject[] = pod.spec?.containers ?? [];
    const total = (field: string) =>
      sum(containers.map(container => container.resources?.[field] ?? {}));
    return boundErrors(item, total('requests'), total('limits'));
  }
  return [];
}

function sum(lists: Record<string, string>[]): Record<string, string> {
  const total: Record<string, string> = {};
  for (const list of lists) {
    for (const [name, value] of Object.entries(list)) {
      total[name] = Quantity.parse(total[name] ?? '0')
        .add(Quantity.parse(`${value}`))
        .toString();
    }
  }
  return total;
}

function boundErrors(
  item: JsonObject,
  requests: Record<string, string>,
  limits: Record<string, string>,
): string[] {
  const errors: string[] = [];
  const parse = (value: string) => Quantity.parse(`${value}`);
  const isClaim = item.type === 'PersistentVolumeClaim';
  for (const [name, bound] of Object.entries<string>(item.min ?? {})) {
    const rule = `minimum ${name} usage per ${item.type} is ${bound}`;
    if (requests[name] === undefined) {
      errors.push(`${rule}.  No request is specified`);
    } else if (parse(requests[name]).compare(parse(bound)) < 0) {
      errors.push(`${rule}, but request is ${requests[name]}`);
    }
  }
  for (const [name, bound] of Object.entries<string>(item.max ?? {})) {
    const rule = `maximum ${name} usage per ${item.type} is ${bound}`;
    const word = isClaim ? 'request' : 'limit';
    if (limits[name] === undefined) {
      errors.push(`${rule}.  No ${word} is specified`);
    } else if (parse(limits[name]).compare(parse(bound)) > 0) {
      errors.push(`${rule}, but ${word} is ${limits[name]}`);
    }
  }
  for (const [name, bound] of Object.entries<string>(
    item.maxLimitRequestRatio ?? {},
  )) {
    const limit = limits[name];
    const request = requests[name];
    if (limit !== undefined && request !== undefined) {
      const ratio = parse(limit).toNumber() / parse(request).toNumber();
      if (ratio > parse(bound).toNumber()) {
        errors.push(
          `${name} max limit to request ratio per ${
            item.type
          } is ${bound}, but provided ratio is ${ratio.toFixed(6)}`,
        );
      }
    }
  }
  return errors;
}
