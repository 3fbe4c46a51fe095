import { KubeError, PersonClient, PersonRequest } from '../../kube';
import { CopyMask } from '../releases/mask';
import { PlacedObject } from './neededRights';
import { logTextsOf, textsOf } from './sentences';
import { refusedPods } from './refusedPods';

const { signal } = new AbortController();
const copies = { text: (text: string) => text } as CopyMask;
const VIOLATES =
  'pods "berth-check-x" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true';
const DENIED =
  'pods "berth-check-x" is forbidden: ValidatingAdmissionPolicy \'identity.berth.dev\' denied request';

function anObject(kind: string, name: string, spec: object): PlacedObject {
  const apiVersion = kind.endsWith('Job') ? 'batch/v1' : 'apps/v1';
  return {
    wanted: { kind, name, hook: false, apiVersion, object: { kind, spec } },
    placed: { kind, name, apiVersion, group: 'apps', namespace: 'shop' },
  };
}

const template = {
  metadata: { labels: { app: 'web' } },
  spec: { serviceAccountName: 'own', containers: [{ name: 'main' }] },
};

/** A cluster that answers each creation of a pod. */
function aCluster(answer: () => void) {
  const asked: PersonRequest[] = [];
  const request = async (one: PersonRequest) => {
    asked.push(one);
    answer();
    return {};
  };
  return { asked, client: { request } as unknown as PersonClient };
}

const forbids = (message: string) => () => {
  throw new KubeError('Forbidden', message, { status: 403 });
};

/** As a policy answers without a `reason`, and a webhook without a `code`. */
const refuses = (status: number, message: string) => () => {
  throw new KubeError('Invalid', message, { status });
};
const WEBHOOK =
  'admission webhook "pods.example.com" denied the request: no root';

describe('refusedPods', () => {
  it.each([
    [VIOLATES, forbids(VIOLATES)],
    [DENIED, forbids(DENIED)],
    [DENIED, refuses(422, DENIED)],
    [WEBHOOK, refuses(400, WEBHOOK)],
  ])('names each workload: %s', async (text, answer) => {
    const { client } = aCluster(answer);
    const objects = [
      anObject('Deployment', 'web', { template }),
      anObject('CronJob', 'nightly', { jobTemplate: { spec: { template } } }),
      anObject('ConfigMap', 'settings', {}),
    ];
    const found = await refusedPods(client, objects, copies, signal);
    expect(textsOf(found)).toEqual([
      `The cluster would refuse the pods of Deployment web: ${text}`,
      `The cluster would refuse the pods of CronJob nightly: ${text}`,
    ]);
    expect(logTextsOf(found)).toEqual([
      'The cluster would refuse the pods of Deployment web. The preview in the portal has its words',
      'The cluster would refuse the pods of CronJob nightly. The preview in the portal has its words',
    ]);
  });

  it.each([
    [
      'a person who may not create pods',
      forbids('User "alice" cannot create pods'),
    ],
    [
      'a service account of another release',
      forbids('serviceaccount "own" not found'),
    ],
    [
      'a webhook that a dry run cannot ask',
      refuses(400, 'admission webhook "x" does not support dry run'),
    ],
    ['a pod that is not whole', refuses(422, 'Pod "x" is invalid: spec')],
  ])('says nothing about %s', async (_what, answer) => {
    const { client } = aCluster(answer);
    const objects = [anObject('Deployment', 'web', { template })];
    expect(await refusedPods(client, objects, copies, signal)).toEqual([]);
  });

  it('H4 asks by a dry run, and leaves out what the release makes itself', async () => {
    const { asked, client } = aCluster(() => {});
    const objects = [
      anObject('StatefulSet', 'store', {
        template,
        volumeClaimTemplates: [{ metadata: { name: 'data' } }],
      }),
      anObject('ServiceAccount', 'own', {}),
    ];
    expect(await refusedPods(client, objects, copies, signal)).toEqual([]);
    expect(asked).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/api/v1/namespaces/shop/pods',
        query: { dryRun: 'All' },
        body: expect.objectContaining({
          content: {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { generateName: 'berth-check-', ...template.metadata },
            spec: {
              containers: [{ name: 'main' }],
              volumes: [{ name: 'data', emptyDir: {} }],
            },
          },
        }),
      }),
    ]);
  });

  it('ends with the caller', async () => {
    const controller = new AbortController();
    const { client } = aCluster(() => {
      controller.abort();
      throw new KubeError('Timeout', 'ended');
    });
    const objects = [anObject('Deployment', 'web', { template })];
    await expect(
      refusedPods(client, objects, copies, controller.signal),
    ).rejects.toThrow(/abort/);
  });
});
