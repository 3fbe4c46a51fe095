/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

/** Describes the log of a pod, as far as an API server without nodes has any. */
export function describeLogs(target: () => ContractTarget) {
  describe('logs', () => {
    let pods: string;

    beforeAll(async () => {
      pods = `/api/v1/namespaces/${await target().namespace()}/pods`;
      const pod = (name: string, ...containers: string[]) =>
        target().createPod(pods, {
          metadata: { name },
          spec: {
            automountServiceAccountToken: false,
            containers: containers.map(container => ({
              name: container,
              image: 'registry.example.com/web:1',
            })),
            initContainers: [
              { name: 'first', image: 'registry.example.com/web:1' },
            ],
          },
        });
      await pod('web', 'app');
      await pod('pair', 'app', 'helper');
    });

    const log = (name: string, query = '') =>
      target().call('GET', `${pods}/${name}/log?${query}`);

    it.each([
      ['container=app'],
      ['container=first'],
      [''],
      ['timestamps=true&tailLines=5&sinceTime=2027-01-31T18:00:00.5Z'],
      ['follow=true'],
    ])('has no text before the pod has a node: %s', async query => {
      expect(await log('web', query)).toMatchObject({ status: 204, body: '' });
    });

    it.each<[string, string, number, string]>([
      ['nothing', '', 404, 'pods "nothing" not found'],
      [
        'web',
        'container=other',
        400,
        'container other is not valid for pod web',
      ],
      [
        'pair',
        '',
        400,
        'a container name must be specified for pod pair, choose one of: [',
      ],
      [
        'web',
        'tailLines=-1',
        422,
        'tailLines: Invalid value: -1: must be greater than or equal to 0',
      ],
      [
        'web',
        'limitBytes=0',
        422,
        'limitBytes: Invalid value: 0: must be greater than 0',
      ],
      [
        'web',
        'sinceSeconds=5&sinceTime=2027-01-31T18:00:00Z',
        422,
        'at most one of `sinceTime` or `sinceSeconds` may be specified',
      ],
    ])('of %s is refused with %j', async (name, query, status, message) => {
      const answer = await log(name, query);
      expect(answer.status).toBe(status);
      expect(answer.body.message).toContain(message);
    });
  });
}
