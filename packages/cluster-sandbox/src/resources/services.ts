import { cause } from '../status';
import { KubeObject } from '../types';
import { ageColumn, joinLabels, nameColumn, text } from './columns';
import { ResourceDefinition } from './ResourceDefinition';

const core = { group: '', version: 'v1' };

export const endpoints: ResourceDefinition = {
  ...core,
  plural: 'endpoints',
  singular: 'endpoints',
  kind: 'Endpoints',
  namespaced: true,
  shortNames: ['ep'],
  createsOnUpdate: true,
  columns: [
    nameColumn,
    text('Endpoints', object => {
      const addresses = (object.subsets ?? []).flatMap(
        (subset: {
          addresses?: { ip: string }[];
          ports?: { port: number }[];
        }) =>
          (subset.addresses ?? []).flatMap(address =>
            (subset.ports ?? []).map(port => `${address.ip}:${port.port}`),
          ),
      );
      return addresses.length ? addresses.join(',') : undefined;
    }),
    ageColumn,
  ],
};

export const services: ResourceDefinition = {
  ...core,
  plural: 'services',
  singular: 'service',
  kind: 'Service',
  namespaced: true,
  shortNames: ['svc'],
  categories: ['all'],
  nameRule: 'service',
  hasStatus: true,
  columns: [
    nameColumn,
    text('Type', object => object.spec?.type),
    text('Cluster-IP', object => object.spec?.clusterIP || undefined),
    text('External-IP', externalAddress),
    text('Port(s)', servicePorts),
    ageColumn,
    text('Selector', object => joinLabels(object.spec?.selector), 1),
  ],
  fields: object => ({
    'spec.type': object.spec?.type ?? '',
    'spec.clusterIP': object.spec?.clusterIP ?? '',
  }),
  defaults(object) {
    object.spec ??= {};
    object.spec.type ??= 'ClusterIP';
    object.spec.sessionAffinity ??= 'None';
    for (const port of object.spec.ports ?? []) {
      port.protocol ??= 'TCP';
      port.targetPort ??= port.port;
    }
    if (object.spec.type !== 'ExternalName') {
      object.spec.internalTrafficPolicy ??= 'Cluster';
      object.spec.ipFamilies ??= ['IPv4'];
      object.spec.ipFamilyPolicy ??= 'SingleStack';
      object.spec.clusterIP ??= allocateAddress();
      object.spec.clusterIPs ??= [object.spec.clusterIP];
      if (object.spec.type !== 'ClusterIP') {
        object.spec.externalTrafficPolicy ??= 'Cluster';
        object.spec.ports?.forEach((port: { nodePort?: number }) => {
          port.nodePort ??= 30000 + Math.floor(Math.random() * 2768);
        });
      }
    }
    object.status ??= { loadBalancer: {} };
  },
  prepareUpdate(object, old) {
    object.spec ??= {};
    object.spec.clusterIP ??= old.spec?.clusterIP;
    object.spec.clusterIPs ??= old.spec?.clusterIPs;
  },
  validate(object, old) {
    const causes = [];
    if (
      !object.spec?.ports?.length &&
      object.spec?.type !== 'ExternalName' &&
      object.spec?.clusterIP !== 'None'
    ) {
      causes.push(cause.required('spec.ports'));
    }
    if (
      old?.spec?.clusterIP &&
      object.spec?.type !== 'ExternalName' &&
      old.spec.clusterIP !== object.spec?.clusterIP
    ) {
      causes.push(
        cause.invalid(
          'spec.clusterIPs[0]',
          object.spec?.clusterIPs?.[0] ?? '',
          'may not change once set',
        ),
      );
    }
    (object.spec?.ports ?? []).forEach(
      (port: { port?: number; name?: string }, index: number) => {
        if (
          !Number.isInteger(port.port) ||
          port.port! < 1 ||
          port.port! > 65535
        ) {
          causes.push(
            cause.invalid(
              `spec.ports[${index}].port`,
              port.port ?? 0,
              'must be between 1 and 65535, inclusive',
            ),
          );
        }
        if (object.spec!.ports.length > 1 && !port.name) {
          causes.push(cause.required(`spec.ports[${index}].name`));
        }
      },
    );
    return causes;
  },
};

let lastAddress = 0;

function allocateAddress(): string {
  lastAddress = (lastAddress + 1) % 65000;
  return `10.96.${Math.floor(lastAddress / 250)}.${(lastAddress % 250) + 1}`;
}

function externalAddress(service: KubeObject): string | undefined {
  const ingress = service.status?.loadBalancer?.ingress?.map(
    (entry: { ip?: string; hostname?: string }) => entry.ip ?? entry.hostname,
  );
  if (service.spec?.type === 'LoadBalancer') {
    return ingress?.join(',') ?? '<pending>';
  }
  return service.spec?.externalName;
}

function servicePorts(service: KubeObject): string | undefined {
  const ports = service.spec?.ports?.map(
    (port: { port: number; nodePort?: number; protocol: string }) =>
      port.nodePort
        ? `${port.port}:${port.nodePort}/${port.protocol}`
        : `${port.port}/${port.protocol}`,
  );
  return ports?.length ? ports.join(',') : undefined;
}
