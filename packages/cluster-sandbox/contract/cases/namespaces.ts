/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';
import { eventually } from '../eventually';

/** Describes the life cycle and the limits of a namespace. */
export function describeNamespaces(target: () => ContractTarget) {
  describe('namespaces', () => {
    const configmap = { metadata: { name: 'content' } };

    it('refuses content for a namespace that is not there', async () => {
      const path = '/api/v1/namespaces/nowhere/configmaps';
      const { status, body } = await target().call('POST', path, {
        body: configmap,
      });
      expect([status, body.message]).toEqual([
        404,
        'namespaces "nowhere" not found',
      ]);
    });

    it('terminates with its content, and takes none meanwhile', async () => {
      const name = await target().namespace();
      const path = `/api/v1/namespaces/${name}`;
      await target().must('POST', `${path}/configmaps`, {
        body: { metadata: { name: 'held', finalizers: ['example.com/hold'] } },
      });
      await target().must('DELETE', path);
      await eventually(async () => {
        const { body } = await target().call('GET', path);
        return body.status?.phase === 'Terminating';
      });
      const refused = await target().call('POST', `${path}/configmaps`, {
        body: configmap,
      });
      expect([refused.status, refused.body.reason]).toEqual([403, 'Forbidden']);
      await target().must('PATCH', `${path}/configmaps/held`, {
        contentType: 'application/merge-patch+json',
        body: { metadata: { finalizers: null } },
      });
      await eventually(
        async () => (await target().call('GET', path)).status === 404,
      );
    });

    it('says why it takes nothing more', async () => {
      const name = await target().namespace();
      const path = `/api/v1/namespaces/${name}`;
      await target().must('POST', `${path}/configmaps`, {
        body: { metadata: { name: 'held', finalizers: ['example.com/hold'] } },
      });
      await target().must('DELETE', path);
      await eventually(async () => {
        const { body } = await target().call('POST', `${path}/configmaps`, {
          body: configmap,
        });
        return (
          body.message ===
          `configmaps "content" is forbidden: unable to create new content in namespace ${name} because it is being terminated`
        );
      });
      const { body } = await target().call('POST', `${path}/configmaps`, {
        body: configmap,
      });
      expect(body.details.causes[0]).toMatchObject({
        reason: 'NamespaceTerminating',
      });
      const again = await target().call('POST', '/api/v1/namespaces', {
        body: { metadata: { name } },
      });
      expect([again.status, again.body.reason]).toEqual([409, 'AlreadyExists']);
      await eventually(async () => {
        const { status } = await target().must('GET', path);
        return status.conditions?.some(
          (condition: any) =>
            condition.type === 'NamespaceFinalizersRemaining' &&
            condition.status === 'True' &&
            condition.message.includes('example.com/hold in 1 resource'),
        );
      });
      await target().must('PATCH', `${path}/configmaps/held`, {
        contentType: 'application/merge-patch+json',
        body: { metadata: { finalizers: null } },
      });
    });

    it('has a default account and a place in the system', async () => {
      const name = await target().namespace();
      const path = `/api/v1/namespaces/${name}`;
      expect(await target().must('GET', path)).toMatchObject({
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      });
      await eventually(
        async () =>
          (
            await target().call('GET', `${path}/serviceaccounts/default`)
          ).status === 200,
      );
    });

    it('of the system is not deleted', async () => {
      const { status, body } = await target().call(
        'DELETE',
        '/api/v1/namespaces/kube-system',
      );
      expect([status, body.message]).toEqual([
        403,
        'namespaces "kube-system" is forbidden: this namespace may not be deleted',
      ]);
    });
  });
}
