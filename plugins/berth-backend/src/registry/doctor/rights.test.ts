import {
  FORBIDDEN_RIGHTS,
  OPTIONAL_RIGHTS,
  requiredRights,
  rightsOf,
  rightText,
  unexpectedRights,
} from './rights';

describe('rights', () => {
  it('S39 forbids nothing that the manifest grants, and lists each right once', () => {
    const required = requiredRights().map(rightText);
    const forbidden = FORBIDDEN_RIGHTS.map(rightText);
    expect(forbidden.filter(right => required.includes(right))).toEqual([]);
    expect(new Set(forbidden).size).toBe(forbidden.length);
    expect(new Set(required).size).toBe(required.length);
  });

  it('S39 forbids secrets, running code, impersonation, and escalation', () => {
    expect(FORBIDDEN_RIGHTS.map(rightText)).toEqual(
      expect.arrayContaining([
        '* *.*',
        'get secrets',
        'list secrets',
        'create pods',
        'create pods/exec',
        'get pods/exec',
        'create nodes/proxy',
        'create serviceaccounts/token',
        'impersonate users',
        'impersonate groups',
        'impersonate serviceaccounts',
        'escalate clusterroles.rbac.authorization.k8s.io',
        'bind clusterroles.rbac.authorization.k8s.io',
        'bind clusterroles.rbac.authorization.k8s.io "cluster-admin"',
        'bind clusterroles.rbac.authorization.k8s.io "berth:reconciler"',
        'create clusterrolebindings.rbac.authorization.k8s.io',
        'patch clusterroles.rbac.authorization.k8s.io',
        'delete validatingadmissionpolicybindings.admissionregistration.k8s.io',
        'create mutatingwebhookconfigurations.admissionregistration.k8s.io',
      ]),
    );
  });

  it('splits rules into rights, including names and subresources', () => {
    expect(
      rightsOf([
        { apiGroups: ['', 'apps'], resources: ['a'], verbs: ['get', 'list'] },
        {
          apiGroups: [''],
          resources: ['b/status'],
          resourceNames: ['x', 'y'],
          verbs: ['get'],
        },
        { nonResourceURLs: ['/healthz'], verbs: ['get'] },
      ]).map(rightText),
    ).toEqual([
      'get a',
      'list a',
      'get a.apps',
      'list a.apps',
      'get b/status "x"',
      'get b/status "y"',
    ]);
  });

  it('reports rights that are not in the manifest, not optional and not for all authenticated users', () => {
    const rightsOfEverybody = rightsOf([
      {
        apiGroups: ['authorization.k8s.io'],
        resources: ['selfsubjectaccessreviews'],
        verbs: ['create'],
      },
    ]);
    const expected = [
      ...requiredRights(),
      ...OPTIONAL_RIGHTS,
      ...rightsOfEverybody,
    ];
    expect(unexpectedRights(expected)).toEqual([]);
    const more = rightsOf([
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
      {
        apiGroups: ['rbac.authorization.k8s.io'],
        resources: ['clusterroles'],
        resourceNames: ['other'],
        verbs: ['bind'],
      },
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
    ]);
    expect(unexpectedRights([...expected, ...more])).toEqual(more);
  });

  it('expects a right on one object if it is granted on all', () => {
    const [one] = rightsOf([
      {
        apiGroups: [''],
        resources: ['namespaces'],
        resourceNames: ['kube-system'],
        verbs: ['get'],
      },
    ]);
    expect(unexpectedRights([one])).toEqual([]);
  });
});
