import { driftOf } from './drift';
import { CopyMask } from './mask';

const drift = (wanted: object, live: object, secrets: string[] = []) =>
  driftOf(
    wanted as Record<string, unknown>,
    live as Record<string, unknown>,
    new CopyMask(secrets),
  );

describe('driftOf', () => {
  it('does not report what an API server adds, or writes in another way', () => {
    expect(
      drift(
        {
          apiVersion: 'batch/v1beta1',
          metadata: { name: 'web', labels: {}, namespace: 'shop' },
          spec: {
            empty: '',
            off: false,
            zero: 0,
            nothing: null,
            resources: { limits: { cpu: '0.5', memory: '1024Mi' } },
            number: 0.5,
            port: '80',
            containers: [{ name: 'web', ports: [{ containerPort: 80 }] }],
          },
        },
        {
          apiVersion: 'batch/v1',
          metadata: { name: 'web', namespace: 'shop', uid: 'u' },
          spec: {
            resources: { limits: { cpu: '500m', memory: '1Gi' } },
            number: '500m',
            port: 80,
            more: 'default',
            containers: [
              { name: 'injected' },
              {
                name: 'web',
                ports: [
                  { containerPort: 80, protocol: 'UDP' },
                  { containerPort: 80, protocol: 'TCP' },
                ],
              },
            ],
          },
        },
      ),
    ).toEqual([]);
  });

  it('reports fields that differ or are gone, with their paths', () => {
    expect(
      drift(
        {
          metadata: { annotations: { 'example.com/a': 'x' } },
          spec: {
            replicas: 2,
            containers: [{ name: 'web', image: 'web:1', args: ['a', 'b'] }],
          },
        },
        {
          metadata: {},
          spec: {
            replicas: 5,
            containers: [
              { name: 'web', image: 'web:2', args: ['a', 'b', 'c'] },
            ],
          },
        },
      ),
    ).toEqual([
      { path: 'metadata.annotations', wanted: '{"example.com/a":"x"}' },
      { path: 'spec.replicas', wanted: '2', found: '5' },
      {
        path: 'spec.containers[name=web].image',
        wanted: '"web:1"',
        found: '"web:2"',
      },
      { path: 'spec.containers[name=web].args[2]', found: '"c"' },
    ]);
  });

  it('compares an empty list, and texts that only look like quantities', () => {
    expect(
      drift(
        {
          metadata: { labels: { storage: '1.10' }, finalizers: [] },
          spec: {
            ingress: [],
            egress: [],
            version: '1.10',
            hard: { 'requests.cpu': '1000m' },
          },
        },
        {
          metadata: { labels: { storage: '1.1' }, finalizers: ['x'] },
          spec: {
            ingress: [{}],
            version: '1.1',
            hard: { 'requests.cpu': '1' },
          },
        },
      ),
    ).toEqual([
      { path: 'metadata.labels.storage', wanted: '"1.10"', found: '"1.1"' },
      { path: 'spec.ingress[0]', found: '{}' },
      { path: 'spec.version', wanted: '"1.10"', found: '"1.1"' },
    ]);
  });

  it('leaves to the cluster what the cluster assigns', () => {
    const ports = (nodePort: number) => [{ port: 80, nodePort }];
    expect(
      drift(
        {
          spec: {
            ...{ clusterIP: '', clusterIPs: [], healthCheckNodePort: 0 },
            ports: ports(0),
          },
        },
        {
          spec: {
            ...{ clusterIP: '10.0.0.7', clusterIPs: ['10.0.0.7'] },
            ...{ healthCheckNodePort: 31_000, ports: ports(30_080) },
          },
        },
      ),
    ).toEqual([]);
    expect(
      drift(
        { aggregationRule: { clusterRoleSelectors: [] }, rules: [] },
        {
          aggregationRule: { clusterRoleSelectors: [] },
          rules: [{ verbs: ['get'] }],
        },
      ),
    ).toEqual([]);
  });

  it('compares bytes, and not how base64 has them', () => {
    const secret = (password: string) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      data: { password },
    });
    expect(drift(secret('cGxh\nbnRlZA==\n'), secret('cGxhbnRlZA=='))).toEqual(
      [],
    );
    expect(drift(secret('cGxh\nbnRlZA==\n'), secret('b3RoZXI='))).toHaveLength(
      1,
    );
  });

  it('H17 hides the values of Secrets, and copies of secrets elsewhere', () => {
    const secret = (value: string) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      data: { password: value },
    });
    expect(drift(secret('cGxhbnRlZA=='), secret('b3RoZXI='))).toEqual([
      { path: 'data.password', wanted: '"••••••"', found: '"••••••"' },
    ]);
    expect(
      drift({ spec: { env: 'planted-secret' } }, { spec: { env: 'b' } }, [
        'planted-secret',
      ]),
    ).toEqual([{ path: 'spec.env', wanted: '"••••••"', found: '"b"' }]);
  });

  it('H17 hides a value that is a secret by the name of its item', () => {
    const env = (value: string) => ({
      spec: {
        env: [
          { name: 'DB_PASSWORD', value },
          { name: 'MODE', value },
        ],
      },
    });
    expect(drift(env('planted-old'), env('planted-new'))).toEqual([
      {
        path: 'spec.env[name=DB_PASSWORD].value',
        wanted: '"••••••"',
        found: '"••••••"',
      },
      {
        path: 'spec.env[name=MODE].value',
        wanted: '"planted-old"',
        found: '"planted-new"',
      },
    ]);
  });
});
