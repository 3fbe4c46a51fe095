import { revisionsOfDeployment, revisionsOfSet } from './revisions';

const REVISION = 'deployment.kubernetes.io/revision';
const owned = (uid: string, controller = true) => [{ uid, controller }];
const template = (...images: string[]) => ({
  spec: {
    template: { spec: { containers: images.map(image => ({ image })) } },
  },
});

describe('revisions', () => {
  it('lists those of a Deployment by its ReplicaSets, the newest first', () => {
    const set = (revision: string, fields: object = {}) => ({
      metadata: {
        name: `web-${revision}`,
        creationTimestamp: '2026-01-01T00:00:00Z',
        annotations: {
          [REVISION]: revision,
          'kubernetes.io/change-cause': 'why',
        },
        ownerReferences: owned('U1'),
        ...fields,
      },
      ...template('a:1', 'b:1', 'a:1'),
      status: { replicas: 2 },
    });
    const common = {
      createdAt: '2026-01-01T00:00:00Z',
      changeCause: 'why',
      images: ['a:1', 'b:1'],
      replicas: 2,
    };
    expect(
      revisionsOfDeployment(
        { metadata: { uid: 'U1', annotations: { [REVISION]: '10' } } },
        [
          set('9'),
          set('10'),
          set('x'),
          set('11', { ownerReferences: owned('U2') }),
          set('12', { ownerReferences: owned('U1', false) }),
        ],
      ),
    ).toEqual([
      { ...common, revision: 10, name: 'web-10', current: true },
      { ...common, revision: 9, name: 'web-9', current: false },
    ]);
  });

  it.each([
    ['the status names', { updateRevision: 'db-a' }, ['db-b', 'db-a'], 'db-a'],
    ['is the newest', {}, ['db-b', 'db-a'], 'db-b'],
  ])(
    'lists those of a set; current is what %s',
    (_, status, names, current) => {
      const revision = (name: string, number: number) => ({
        metadata: { name, ownerReferences: owned('U1') },
        revision: number,
        data: template('a:1'),
      });
      const found = revisionsOfSet({ metadata: { uid: 'U1' }, status }, [
        revision('db-a', 1),
        revision('db-b', 2),
      ]);
      expect(found.map(({ name }) => name)).toEqual(names);
      expect(found.filter(one => one.current)).toMatchObject([
        { name: current, images: ['a:1'] },
      ]);
    },
  );
});
