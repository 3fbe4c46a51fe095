import { podSecurityLabels, withLevelOf } from './podSecurity';
import { withProfileFields } from './profileFields';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const NAMESPACE = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'team-a' },
};
const WANTED = withProfileFields(NAMESPACE, {
  labels: podSecurityLabels({ enforce: 'restricted', version: 'latest' }),
});

describe('withLevelOf', () => {
  it('P2 keeps the level of a namespace, also without the list of its fields', () => {
    const labels = podSecurityLabels({ enforce: 'baseline', version: 'v1.30' });
    const withList = withProfileFields(NAMESPACE, { labels });
    const withoutList = {
      ...NAMESPACE,
      metadata: { ...NAMESPACE.metadata, labels },
    };
    for (const actual of [withList, withoutList]) {
      expect(withLevelOf(WANTED, actual).metadata.labels).toMatchObject(labels);
    }
  });

  it('P2 gives no level to a namespace that has none', () => {
    const { labels } = withLevelOf(WANTED, NAMESPACE).metadata;
    expect(Object.keys(labels ?? {})).toEqual([
      'security.openshift.io/scc.podSecurityLabelSync',
    ]);
    expect(WANTED.metadata.labels).toHaveProperty([ENFORCE], 'restricted');
  });
});
