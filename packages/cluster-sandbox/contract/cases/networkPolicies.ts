/* eslint-disable jest/no-export, jest/no-standalone-expect -- cases that two test files share, by an `it` that knows versions */
import { ContractTarget } from '../ContractTarget';
import { since } from '../since';

/** Describes how network policies are stored; the sandbox does not enforce them. */
export function describeNetworkPolicies(
  target: () => ContractTarget,
  version: string,
) {
  describe('network policies', () => {
    let path: string;

    beforeAll(async () => {
      const namespace = await target().namespace();
      path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`;
    });

    const create = (spec: object, name = target().unique('policy')) =>
      target().call('POST', path, { body: { metadata: { name }, spec } });

    const apply = (name: string, spec: object) =>
      target().must('PATCH', `${path}/${name}?fieldManager=berth&force=true`, {
        contentType: 'application/apply-patch+yaml',
        body: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name },
          spec,
        },
      });

    it('get a protocol and their types', async () => {
      const { status, body } = await create({
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [{ ports: [{ port: 80 }, { protocol: 'UDP' }, {}] }],
        egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }],
      });
      expect([status, body.spec]).toEqual([
        201,
        {
          podSelector: { matchLabels: { app: 'web' } },
          policyTypes: ['Ingress', 'Egress'],
          ingress: [
            {
              ports: [
                { port: 80, protocol: 'TCP' },
                { protocol: 'UDP' },
                { protocol: 'TCP' },
              ],
            },
          ],
          egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }],
        },
      ]);
      expect((await create({})).body.spec).toEqual({
        podSelector: {},
        policyTypes: ['Ingress'],
      });
    });

    it('lose what is empty, but for rules and selectors', async () => {
      const { body } = await create({
        podSelector: { matchLabels: {}, matchExpressions: [] },
        policyTypes: [],
        ingress: [
          {},
          { from: [], ports: [] },
          {
            from: [
              { podSelector: { matchLabels: {} }, namespaceSelector: {} },
              { ipBlock: { cidr: '10.0.0.0/8', except: [] } },
              {
                podSelector: {
                  matchExpressions: [
                    { key: 'a', operator: 'Exists', values: [] },
                  ],
                },
              },
            ],
          },
        ],
        egress: [],
      });
      expect(body.spec).toEqual({
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [
          {},
          {},
          {
            from: [
              { podSelector: {}, namespaceSelector: {} },
              { ipBlock: { cidr: '10.0.0.0/8' } },
              {
                podSelector: {
                  matchExpressions: [{ key: 'a', operator: 'Exists' }],
                },
              },
            ],
          },
        ],
      });
    });

    it('keep their types and ports as they were given', async () => {
      const spec = {
        podSelector: {},
        policyTypes: ['Egress', 'Ingress'],
        egress: [
          {
            ports: [
              { protocol: 'SCTP', port: 'name' },
              { protocol: 'TCP', port: 8000 },
            ],
          },
        ],
      };
      expect((await create(spec)).body.spec).toEqual(spec);
    });

    it('lose rules of others to an empty list that is applied, and only to that', async () => {
      const name = target().unique('policy');
      const wanted = { podSelector: {}, policyTypes: ['Ingress'] };
      const open = async () =>
        target().must('PATCH', `${path}/${name}?fieldManager=another`, {
          contentType: 'application/merge-patch+json',
          body: { spec: { ingress: [{}], policyTypes: ['Ingress', 'Egress'] } },
        });
      await apply(name, wanted);
      await open();
      expect((await apply(name, wanted)).spec).toEqual({
        ...wanted,
        ingress: [{}],
      });
      const complete = { ...wanted, ingress: [], egress: [] };
      expect((await apply(name, complete)).spec).toEqual(wanted);
      await open();
      expect((await apply(name, complete)).spec).toEqual(wanted);
    });

    it.each<[string, object]>([
      ['no peer', { from: [{}] }],
      [
        'two kinds of peers',
        { from: [{ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }] },
      ],
      ['no range', { from: [{ ipBlock: { cidr: 'all' } }] }],
      [
        'no range to leave out',
        { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1/16'] } }] },
      ],
      ['another protocol', { ports: [{ protocol: 'ICMP' }] }],
      ['a port too low', { ports: [{ port: 0 }] }],
      ['a port too high', { ports: [{ port: 65_536 }] }],
    ])('are refused with %s', async (_what, rule) => {
      const { status, body } = await create({
        podSelector: {},
        ingress: [rule],
      });
      expect([status, body.reason]).toEqual([422, 'Invalid']);
    });

    since(version, '1.22')('can be about a range of ports', async () => {
      const withPort = (port: object) =>
        create({ podSelector: {}, ingress: [{ ports: [port] }] });
      const port = { protocol: 'TCP', port: 8000, endPort: 9000 };
      const { body } = await withPort(port);
      expect(body.spec.ingress).toEqual([{ ports: [port] }]);
      for (const wrong of [
        { endPort: 80 },
        { port: 'a', endPort: 80 },
        { port: 81, endPort: 80 },
      ]) {
        expect((await withPort(wrong)).status).toBe(422);
      }
    });
  });
}
