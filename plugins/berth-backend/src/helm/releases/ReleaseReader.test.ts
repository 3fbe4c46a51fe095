import { NotAllowedError } from '@backstage/errors';
import { KubeError } from '../../kube';
import { ReleaseReader } from './ReleaseReader';

const DENIED = 'The portal does not pass on requests for secrets';

function revisions(assertAllowed: () => void) {
  return new ReleaseReader({
    address: { cluster: 'prod', namespace: 'shop', release: 'web' },
    assertAllowed,
    calls: {
      listRevisions: async () => {
        throw new KubeError('Forbidden', 'no');
      },
    },
    configMapStorage: false,
    entry: { cluster: { name: 'prod' } },
  } as never).revisions();
}

describe('a release that a person may not read', () => {
  it('names the role that helps', async () => {
    await expect(revisions(() => {})).rejects.toMatchObject({
      message: expect.stringContaining('role edit'),
      roleHelps: true,
    });
  });

  it('has the words of the configuration, which no role changes', async () => {
    const refuse = () => {
      throw new NotAllowedError(DENIED);
    };
    await expect(revisions(refuse)).rejects.toMatchObject({
      message: DENIED,
      roleHelps: false,
    });
  });
});
