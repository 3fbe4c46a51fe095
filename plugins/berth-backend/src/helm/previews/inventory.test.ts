import { Placed } from '../releases/liveObjects';
import { PlacedObject } from '../preflight/neededRights';
import { crdNames } from '../crdNames';
import { inventoryOf } from './inventory';

const NAMESPACE = 'shop';

function placed(
  kind: string,
  name: string,
  fields: {
    cluster?: boolean;
    annotations?: Record<string, string>;
    spec?: object;
  } = {},
): PlacedObject {
  const { annotations = {}, cluster, spec = {} } = fields;
  const namespace = cluster ? undefined : NAMESPACE;
  return {
    wanted: {
      ...{ kind, name, hook: false, apiVersion: 'v1' },
      object: { kind, metadata: { name, annotations }, spec },
    },
    placed: { kind, name, namespace, apiVersion: 'v1' } as Placed,
  };
}

describe('the inventory of an uninstallation', () => {
  const template = { volumeClaimTemplates: [{ metadata: { name: 'data' } }] };
  const installed = {
    objects: [
      placed('Deployment', 'web'),
      placed('Secret', 'login', {
        annotations: { 'helm.sh/resource-policy': ' Keep' },
      }),
      placed('PersistentVolumeClaim', 'files'),
      placed('StatefulSet', 'db', { spec: template }),
      placed('StatefulSet', 'cache', {
        spec: {
          ...template,
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
        },
      }),
      placed('Namespace', 'other', { cluster: true }),
      placed('CustomResourceDefinition', 'xs.example.com', {
        cluster: true,
        spec: { names: { kind: 'X' } },
      }),
    ],
    hooks: [
      placed('Job', 'migrate'),
      placed('Job', 'clean', {
        annotations: {
          'helm.sh/hook-delete-policy': 'before-hook-creation, hook-succeeded',
        },
      }),
    ],
    crds: ['ys.example.com'],
    claims: new Map([
      [
        NAMESPACE,
        ['data-db-0', 'data-db-1', 'data-db-x', 'data-cache-0', 'other'],
      ],
    ]),
    keepHistory: false,
    namespace: NAMESPACE,
    release: 'web',
    revisions: 3,
  };

  it('H18 names what goes, and what stays and why', () => {
    const { goes, remains } = inventoryOf(installed);
    const written = (items: typeof goes) =>
      items.map(
        ({ kind, namespace = '-', name, reason }) =>
          `${kind} ${namespace}/${name}${reason ? `: ${reason}` : ''}`,
      );
    expect(written(goes)).toEqual([
      'Deployment shop/web',
      'PersistentVolumeClaim shop/files: With its data, unless its volume is retained',
      'StatefulSet shop/db',
      'StatefulSet shop/cache',
      'Namespace -/other: With everything in the namespace',
      'CustomResourceDefinition -/xs.example.com: With all objects of its kind X on the cluster',
    ]);
    expect(written(remains)).toEqual([
      'Secret shop/login: The chart keeps it: helm.sh/resource-policy is keep',
      'PersistentVolumeClaim shop/data-db-0: It holds the data of the StatefulSet db, and Kubernetes keeps it',
      'PersistentVolumeClaim shop/data-db-1: It holds the data of the StatefulSet db, and Kubernetes keeps it',
      'Job shop/migrate: A hook made it, and Helm does not delete the objects of hooks with the release',
      'CustomResourceDefinition -/ys.example.com: Helm does not delete the folder crds of a chart',
      'Namespace -/shop: Helm does not delete the namespace of a release',
    ]);
  });

  it('H18 names the history that is kept', () => {
    const { remains } = inventoryOf({ ...installed, keepHistory: true });
    expect(remains).toContainEqual({
      ...{ kind: 'Secret', namespace: NAMESPACE },
      name: 'sh.helm.release.v1.web.v*',
      reason: 'The history of the release is kept: 3 revisions',
    });
  });

  it('H18 finds the definitions in the folder crds by their metadata', () => {
    const crd = (metadata: string) =>
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n${metadata}\nspec: {}\n`;
    const files = [
      [
        'crds/a.yaml',
        `${crd(
          'metadata:\n  annotations:\n    name: not-this\n  name: as.example.com',
        )}---\n${crd('metadata: {name: "bs.example.com"}')}`,
      ],
      ['crds/README.md', 'kind of a text'],
      ['other/c.yaml', crd('metadata:\n  name: cs.example.com')],
      ['crds/d.yaml', crd('metadata:\nname: none')],
    ].map(([name, text]) => ({
      name,
      data: Buffer.from(text).toString('base64'),
    }));
    expect(crdNames({ files })).toEqual(['as.example.com', 'bs.example.com']);
  });
});
