/* eslint-disable jest/no-export, jest/no-standalone-expect -- cases that two test files share, by an `it` that knows versions */
import { ContractTarget } from '../ContractTarget';
import { since } from '../since';

const LABEL = 'pod-security.kubernetes.io';

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** Describes Pod Security admission. */
export function describePodSecurity(
  target: () => ContractTarget,
  version: string,
) {
  const setUp = async () => {
    const namespace = await target().namespace();
    const path = `/api/v1/namespaces/${namespace}`;
    return {
      namespace,
      path,
      pod: (name: string, spec: object = {}, securityContext?: object) => ({
        metadata: { name },
        spec: {
          containers: [{ name: 'main', image: 'x', securityContext }],
          ...spec,
        },
      }),
      label: (labels: Record<string, string | null>, dryRun = false) =>
        target().call('PATCH', `${path}${dryRun ? '?dryRun=All' : ''}`, {
          contentType: 'application/merge-patch+json',
          body: { metadata: { labels } },
        }),
    };
  };

  describe('Pod Security', () => {
    since(version, '1.25')(
      'warns in a dry run of a level of the pods that would fail',
      async () => {
        const { label, namespace, path, pod } = await setUp();
        for (const name of ['web-1', 'web-0']) {
          await target().createPod(`${path}/pods`, pod(name));
        }
        await target().createPod(
          `${path}/pods`,
          pod('host', { hostNetwork: true }, RESTRICTED),
        );
        await target().createPod(`${path}/pods`, pod('fine', {}, RESTRICTED));
        const level = { [`${LABEL}/enforce`]: 'restricted' };
        const first = await label(level, true);
        expect([first.status, ...first.warnings]).toEqual([
          200,
          `existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "restricted:latest"`,
          'host: host namespaces',
          'web-0 (and 1 other pod): allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile',
        ]);
        // A dry run changes nothing, and what is applied is not warned of again.
        expect((await label(level)).warnings).toHaveLength(3);
        expect((await label({ note: 'x' })).warnings).toEqual([]);
        expect(
          (await label({ [`${LABEL}/enforce`]: 'baseline' })).warnings,
        ).toEqual([]);
      },
    );

    since(version, '1.25')(
      'refuses pods, warns of workloads, and keeps pods that run',
      async () => {
        const { label, path, namespace, pod } = await setUp();
        const running = pod('running', { hostPID: true });
        await target().createPod(`${path}/pods`, running);
        await label({
          [`${LABEL}/enforce`]: 'baseline',
          [`${LABEL}/enforce-version`]: 'v1.30',
          [`${LABEL}/warn`]: 'restricted',
        });
        const host = {
          hostNetwork: true,
          volumes: [{ name: 'root', hostPath: { path: '/' } }],
        };
        const refused = await target().call('POST', `${path}/pods`, {
          body: pod('host', host, { privileged: true }),
        });
        expect([refused.status, refused.body.message]).toEqual([
          403,
          'pods "host" is forbidden: violates PodSecurity "baseline:v1.30": host namespaces (hostNetwork=true), hostPath volumes (volume "root"), privileged (container "main" must not set securityContext.privileged=true)',
        ]);
        const warned = await target().call('POST', `${path}/pods`, {
          body: pod('warned', {}, { ...RESTRICTED, runAsNonRoot: false }),
        });
        expect([warned.status, ...warned.warnings]).toEqual([
          201,
          'would violate PodSecurity "restricted:latest": runAsNonRoot != true (container "main" must set securityContext.runAsNonRoot=true)',
        ]);
        const deployment = await target().call(
          'POST',
          `/apis/apps/v1/namespaces/${namespace}/deployments`,
          {
            body: {
              metadata: { name: 'web' },
              spec: {
                selector: { matchLabels: { app: 'web' } },
                template: {
                  metadata: { labels: { app: 'web' } },
                  spec: pod('web', host).spec,
                },
              },
            },
          },
        );
        expect(deployment.status).toBe(201);
        expect(deployment.warnings.join()).toMatch(
          /would violate PodSecurity "restricted:latest": host namespaces/,
        );
        const kept = await target().must('GET', `${path}/pods/running`);
        expect(kept.spec.hostPID).toBe(true);
      },
    );

    since(version, '1.25')('refuses a level that does not exist', async () => {
      const { label } = await setUp();
      const { status, body } = await label({ [`${LABEL}/enforce`]: 'strict' });
      expect([status, body.details.causes[0].field]).toEqual([
        422,
        `metadata.labels[${LABEL}/enforce]`,
      ]);
    });
  });
}
