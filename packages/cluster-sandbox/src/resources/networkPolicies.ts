import { isIP } from 'node:net';
import { Cause, cause } from '../status';
import { JsonObject } from '../types';
import { ageColumn, joinLabels, nameColumn, text } from './columns';
import { ResourceDefinition } from './ResourceDefinition';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

export const networkPolicies: ResourceDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'networkpolicies',
  singular: 'networkpolicy',
  kind: 'NetworkPolicy',
  namespaced: true,
  shortNames: ['netpol'],
  hasGeneration: true,
  columns: [
    nameColumn,
    text('Pod-Selector', object =>
      joinLabels(object.spec?.podSelector?.matchLabels),
    ),
    ageColumn,
  ],
  defaults(object) {
    const spec = (object.spec ??= {});
    spec.podSelector ??= {};
    for (const port of rulesOf(spec).flatMap(({ rule }) => rule.ports ?? [])) {
      port.protocol ??= 'TCP';
    }
    if (!spec.policyTypes?.length) {
      spec.policyTypes = spec.egress?.length
        ? ['Ingress', 'Egress']
        : ['Ingress'];
    }
    dropEmptyLists(spec);
  },
  validate: ({ spec = {} }) =>
    rulesOf(spec).flatMap(({ rule, at }) => [
      ...each(rule.ports, `${at}.ports`, portCauses),
      ...each(rule.from, `${at}.from`, peerCauses),
      ...each(rule.to, `${at}.to`, peerCauses),
    ]),
};

function rulesOf(spec: JsonObject): { rule: JsonObject; at: string }[] {
  return ['ingress', 'egress'].flatMap(field =>
    (spec[field] ?? []).map((rule: JsonObject, index: number) => ({
      rule,
      at: `spec.${field}[${index}]`,
    })),
  );
}

function each(
  items: JsonObject[] | undefined,
  at: string,
  causes: (item: JsonObject, at: string) => Cause[],
): Cause[] {
  return (items ?? []).flatMap((item, index) =>
    causes(item, `${at}[${index}]`),
  );
}

/** Removes empty lists and `matchLabels`, like Go's `omitempty`. */
function dropEmptyLists(value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const container = value as JsonObject;
  for (const [field, part] of Object.entries(container)) {
    const isEmptyList = Array.isArray(part) && part.length === 0;
    const isEmptyMap =
      field === 'matchLabels' && Object.keys(part ?? {}).length === 0;
    if (isEmptyList || isEmptyMap) {
      delete container[field];
    } else {
      dropEmptyLists(part);
    }
  }
}

function portCauses(
  { protocol, port, endPort }: JsonObject,
  at: string,
): Cause[] {
  const causes: Cause[] = [];
  if (!PROTOCOLS.includes(protocol)) {
    causes.push(cause.notSupported(`${at}.protocol`, protocol, PROTOCOLS));
  }
  if (typeof port === 'number' && (port < 1 || port > 65_535)) {
    causes.push(
      cause.invalid(
        `${at}.port`,
        port,
        'must be between 1 and 65535, inclusive',
      ),
    );
  }
  if (endPort !== undefined && (typeof port !== 'number' || endPort < port)) {
    causes.push(
      cause.invalid(
        `${at}.endPort`,
        endPort,
        'must be greater than or equal to `port`',
      ),
    );
  }
  return causes;
}

function peerCauses(peer: JsonObject, at: string): Cause[] {
  const { ipBlock, ...selectors } = peer;
  if (Object.keys(peer).length === 0) {
    return [cause.required(at, 'must specify a peer')];
  }
  if (!ipBlock) {
    return [];
  }
  if (Object.keys(selectors).length > 0) {
    return [
      cause.forbidden(at, 'may not specify both ipBlock and another peer'),
    ];
  }
  return [ipBlock.cidr, ...(ipBlock.except ?? [])]
    .filter(cidr => !isCidr(`${cidr ?? ''}`))
    .map(cidr =>
      cause.invalid(
        `${at}.ipBlock.cidr`,
        cidr ?? '',
        'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
      ),
    );
}

function isCidr(value: string): boolean {
  const [address, bits, ...rest] = value.split('/');
  const version = isIP(address);
  return (
    version !== 0 &&
    rest.length === 0 &&
    /^\d{1,3}$/.test(bits ?? '') &&
    Number(bits) <= (version === 4 ? 32 : 128)
  );
}
