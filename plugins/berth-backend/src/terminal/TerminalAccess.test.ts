import { TerminalAccess, TerminalAccessOptions } from './TerminalAccess';

it.each([
  ['pods', 'exec'],
  ['pods/exec', 'exec'],
  ['pods/attach', 'attach'],
  ['pods/portforward', 'portforward'],
] as const)(
  'S29 opens nothing where the configuration takes %s away: %s',
  async (entry, subresource) => {
    const get = jest.fn();
    const access = new TerminalAccess({
      deny: [entry],
      namespaceAccess: { get },
    } as unknown as TerminalAccessOptions);
    await expect(
      access.enter(
        {} as never,
        { cluster: 'prod', namespace: 'shop', pod: 'web' },
        subresource,
      ),
    ).rejects.toThrow(
      `The portal does not pass on requests for ${entry}, by berth.proxy.deny`,
    );
    expect(get).not.toHaveBeenCalled();
  },
);

it.each([
  [true, 'entered'],
  [false, expect.stringContaining('create pods/exec')],
])(
  'S32 S60 asks the cluster on the connections of people, which answers %s',
  async (allowed, result) => {
    const request = jest.fn(async () => ({ status: { allowed } }));
    const forPerson = jest.fn(() => ({ request }));
    const cluster = { name: 'prod' };
    const access = new TerminalAccess({
      clients: { forPerson },
      deny: [],
      namespaceAccess: { get: async () => ({ cluster, shares: [] }) },
      tokens: { mint: async () => ({ token: 'of-alice' }) },
    } as unknown as TerminalAccessOptions);
    const address = { cluster: 'prod', namespace: 'shop', pod: 'web' };
    const entered = await access
      .enter({ person: {} } as never, address)
      .then(() => 'entered')
      .catch(({ message }) => message);
    expect(entered).toEqual(result);
    expect(forPerson).toHaveBeenCalledWith(cluster, 'of-alice');
    expect(request).toHaveBeenCalledWith(
      expect.objectContaining({
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        body: {
          contentType: 'application/json',
          content: {
            apiVersion: 'authorization.k8s.io/v1',
            kind: 'SelfSubjectAccessReview',
            spec: {
              resourceAttributes: {
                namespace: 'shop',
                verb: 'create',
                resource: 'pods',
                subresource: 'exec',
                name: 'web',
              },
            },
          },
        },
      }),
    );
  },
);
