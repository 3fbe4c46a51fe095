import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { KubeObject } from '../../kube';
import { ReflectedObjects } from './ReflectedObjects';

const COUNT = 100_000;
const MAX_BYTES = 400;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** As it comes from an API server: as text, with much that is not ours. */
function bindingText(index: number): string {
  const namespace = `team-${index % 1_000}-production`;
  return JSON.stringify({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: {
      name: `berth:edit:group-${index}`,
      namespace,
      uid: `0f0f0f0f-aaaa-4bbb-8ccc-${String(index).padStart(12, '0')}`,
      resourceVersion: String(10_000_000 + index),
      labels: {
        'app.kubernetes.io/managed-by': 'berth',
        'berth.dev/cluster-id': '01JDKXCLUSTER0000000000000',
      },
      managedFields: [
        { manager: 'berth', fieldsV1: { filler: 'x'.repeat(500) } },
      ],
    },
    roleRef: { kind: 'ClusterRole', name: 'edit' },
    subjects: [{ kind: 'Group', name: `group-${index}` }],
  });
}

describe('ReflectedObjects', () => {
  it('S32 keeps less than 400 bytes of an object', () => {
    const objects = new ReflectedObjects(COUNT);
    const before = heapUsed();
    for (let index = 0; index < COUNT; index++) {
      objects.set(JSON.parse(bindingText(index)));
    }
    const each = (heapUsed() - before) / COUNT;
    expect(objects.size).toBe(COUNT);
    expect(each).toBeGreaterThan(50);
    expect(each).toBeLessThan(MAX_BYTES);
  });

  it('says of another list whether it is news', () => {
    const lists = (...indexes: number[]) => {
      const list = new ReflectedObjects(10);
      indexes.forEach(index => list.set(JSON.parse(bindingText(index))));
      return list;
    };
    const objects = lists(1, 2);
    expect(objects.replaceBy(lists(2, 1))).toBe(false);
    expect(objects.replaceBy(lists(1))).toBe(true);
    expect(objects.replaceBy(lists(2))).toBe(true);
    const changed = lists();
    const object: KubeObject = JSON.parse(bindingText(2));
    changed.set({ ...object, metadata: { ...object.metadata, uid: 'other' } });
    expect(objects.replaceBy(changed)).toBe(true);
    expect(objects.get(object.metadata)?.uid).toBe('other');
  });
});
