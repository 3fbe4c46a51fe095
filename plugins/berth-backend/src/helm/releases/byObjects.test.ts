import { NotFoundError } from '@backstage/errors';
import { KubeError } from '../../kube';
import { ClusterKind } from '../../resources/kinds/discovery';
import { listSeenObjects, ObjectLists, releasesOf } from './byObjects';

const KIND = { group: 'apps', version: 'v1' } as ClusterKind;

function object(release: unknown, labels: object = {}) {
  return {
    metadata: {
      name: 'web',
      namespace: 'shop',
      labels,
      annotations: {
        'meta.helm.sh/release-name': release,
        'meta.helm.sh/release-namespace': 'shop',
      },
    },
  };
}

function lists(answers: Record<string, unknown[] | Error>): ObjectLists {
  return {
    findKind: async (group, plural) => {
      if (answers[plural] === undefined) {
        throw new NotFoundError(`no ${plural}`);
      }
      return { ...KIND, group, plural };
    },
    calls: {
      listMetadata: async ({ plural }: { plural: string }) => {
        const answer = answers[plural];
        if (answer instanceof Error) {
          throw answer;
        }
        return answer;
      },
    } as never,
  };
}

const forbidden = new KubeError('Forbidden', 'no');

describe('the releases that objects show', () => {
  it('have the chart and its version from labels', async () => {
    const seen = await listSeenObjects(
      lists({
        deployments: [
          object('web', {
            'helm.sh/chart': 'my-web-1.4.2_build',
            'app.kubernetes.io/version': '2',
          }),
          object('flux', { 'helm.toolkit.fluxcd.io/name': 'flux' }),
          object('../no'),
          object(7),
          {},
        ],
        services: [object('web')],
        jobs: forbidden,
      }),
    );
    expect(releasesOf('prod', seen)).toEqual([
      {
        ...{ cluster: 'prod', namespace: 'shop', name: 'web' },
        ...{ source: 'objects', status: 'unknown', labels: {} },
        chart: { name: 'my-web', version: '1.4.2+build', appVersion: '2' },
      },
      {
        ...{ cluster: 'prod', namespace: 'shop', name: 'flux' },
        ...{ source: 'objects', status: 'unknown', labels: {} },
        managedBy: 'Flux',
      },
    ]);
  });

  it('are refused to people who may list no kind', async () => {
    const plurals = [
      ...['deployments', 'statefulsets', 'daemonsets', 'services'],
      ...['persistentvolumeclaims', 'jobs', 'cronjobs', 'ingresses'],
    ];
    await expect(
      listSeenObjects(
        lists(Object.fromEntries(plurals.map(one => [one, forbidden]))),
      ),
    ).rejects.toBe(forbidden);
  });
});
