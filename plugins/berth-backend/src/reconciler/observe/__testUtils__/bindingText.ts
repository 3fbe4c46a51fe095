/** Returns a binding as an API server sends it: as text, with many fields that are not ours. */
export function bindingText(index: number): string {
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
