/* eslint-disable jest/no-export, jest/no-standalone-expect -- cases that two test files share, by an `it` that knows versions */
import { ContractTarget } from '../ContractTarget';
import { since } from '../since';

/** Describes features of later Kubernetes versions. */
export function describeNewer(target: () => ContractTarget, version: string) {
  describe('later versions', () => {
    since(version, '1.28')('answer who the caller is', async () => {
      const token = await target().token({ groups: ['team-a'] });
      const { status } = await target().must(
        'POST',
        '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        { token, body: {} },
      );
      expect(status.userInfo).toMatchObject({
        username: 'user:alice',
        groups: ['team-a', 'system:authenticated'],
      });
    });

    // Earlier versions promise bookmarks, and send them only at times.
    since(version, '1.27')(
      'send bookmarks, which carry a version and nothing else',
      async () => {
        const namespace = await target().namespace();
        const path = `/api/v1/namespaces/${namespace}/services`;
        const { metadata } = await target().must('POST', path, {
          body: { metadata: { name: 'one' }, spec: { ports: [{ port: 80 }] } },
        });
        const [event] = await target().watchEvents(
          `${path}?watch=true&timeoutSeconds=8&allowWatchBookmarks=true&resourceVersion=${metadata.resourceVersion}`,
          1,
        );
        expect(event).toMatchObject({
          type: 'BOOKMARK',
          object: { apiVersion: 'v1', kind: 'Service' },
        });
        expect(event.object.metadata.name).toBeUndefined();
        expect(
          Number(event.object.metadata.resourceVersion),
        ).toBeGreaterThanOrEqual(Number(metadata.resourceVersion));
      },
    );

    since(version, '1.21')('have cron jobs in batch/v1', async () => {
      const namespace = await target().namespace();
      const { status } = await target().call(
        'POST',
        `/apis/batch/v1/namespaces/${namespace}/cronjobs`,
        {
          body: {
            metadata: { name: 'nightly' },
            spec: {
              schedule: '0 3 * * *',
              jobTemplate: {
                spec: {
                  template: {
                    spec: {
                      restartPolicy: 'Never',
                      containers: [{ name: 'main', image: 'x' }],
                    },
                  },
                },
              },
            },
          },
        },
      );
      expect(status).toBe(201);
    });

    since(version, '1.30')('take admission policies', async () => {
      const { status } = await target().call(
        'POST',
        '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies?dryRun=All',
        {
          body: {
            metadata: { name: 'policy' },
            spec: {
              matchConstraints: {
                resourceRules: [
                  {
                    apiGroups: [''],
                    apiVersions: ['v1'],
                    operations: ['CREATE'],
                    resources: ['configmaps'],
                  },
                ],
              },
              validations: [{ expression: 'true' }],
            },
          },
        },
      );
      expect(status).toBe(201);
    });
  });
}
