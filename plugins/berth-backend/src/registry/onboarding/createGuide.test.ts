import {
  ONBOARDING_FORMATS,
  OnboardingFormat,
  OnboardingGuide,
} from '@berth/plugin-berth-common';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { contextOf, ISSUER } from './__testUtils__/contexts';
import { createGuide } from './createGuide';
import { guideText } from './guideText';

const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

function stepsOf({ steps }: OnboardingGuide, language: string) {
  return steps.filter(step => step.language === language);
}

function yamlOf(guide: OnboardingGuide): any[] {
  return stepsOf(guide, 'yaml').flatMap(({ text }) =>
    parseAllDocuments(text).map(document => {
      expect(document.errors).toEqual([]);
      return document.toJS();
    }),
  );
}

const oldCluster = (changes = {}) =>
  contextOf({ version: 'v1.20.2', ...changes });
const flags = (groupsPrefix = '') => [
  `oidc-issuer-url=${ISSUER}`,
  'oidc-client-id=01JD0000000000000000000000',
  'oidc-username-claim=sub',
  'oidc-username-prefix=-',
  'oidc-groups-claim=groups',
  ...(groupsPrefix ? [`oidc-groups-prefix=${groupsPrefix}`] : []),
];

describe('createGuide', () => {
  it.each(ONBOARDING_FORMATS)(
    '%s: every step has a reason and an instruction',
    format => {
      const guide = createGuide(format, contextOf());
      expect(guide.format).toBe(format);
      expect(guide.steps.length).toBeGreaterThan(1);
      for (const { title, why, text } of guide.steps) {
        expect(title).toMatch(/^[A-Z]\S* .+[^.]$/);
        expect(why).toMatch(/^[^\n]+[^.\n]$/);
        expect(text).toMatch(/\n$/);
      }
    },
  );

  it.each(ONBOARDING_FORMATS)('%s: ends with the manifest', format => {
    const { steps } = createGuide(format, contextOf());
    const manifest = steps.findIndex(
      step => step.filename === 'berth-prod01.yaml',
    );
    expect(steps[manifest + 1].text).toBe(
      'kubectl apply -f berth-prod01.yaml\n',
    );
    expect(steps.length - manifest).toBeLessThanOrEqual(3);
  });

  describe.each(ONBOARDING_FORMATS)('%s', format => {
    it.each(['oidc', 'serviceAccount', 'vault'])(
      'refers only to objects of earlier steps, with the connection %s',
      connection => {
        const guide = createGuide(
          format,
          contextOf({ issuerCaPem: CA, cluster: { connection } }),
        );
        const files: string[] = [];
        const made = new Set<string>();
        for (const { filename, language, text } of guide.steps) {
          if (filename !== undefined) {
            files.push(filename);
          }
          if (language !== 'shell') {
            continue;
          }
          for (const [, created] of text.matchAll(/>(\S+\.yaml)$/gm)) {
            files.push(created);
          }
          for (const [, used] of text.matchAll(
            /(?:-f|--patch-file|--config|--config-file) (\S+)|--from-file=\S+/g,
          )) {
            expect(files).toContain(used ?? 'ca-bundle.crt');
          }
          for (const [, applied] of text.matchAll(/apply -f (\S+)/g)) {
            const manifest = guide.steps.find(
              step => step.filename === applied,
            );
            for (const document of parseAllDocuments(manifest?.text ?? '')) {
              const { kind, metadata } = document.toJS() ?? {};
              made.add(`${kind} ${metadata?.namespace} ${metadata?.name}`);
            }
          }
          for (const [, namespace, account] of text.matchAll(
            /-n (\S+) create token (\S+)/g,
          )) {
            expect(made).toContain(`ServiceAccount ${namespace} ${account}`);
          }
        }
        // Each file name is unique, so that no file overwrites another.
        expect(files).toHaveLength(new Set(files).size);
        expect(files.filter(file => file === 'berth-prod01.yaml')).toHaveLength(
          1,
        );
      },
    );
  });

  it.each([
    ['gke', 'oidc', 'serviceAccount', true],
    ['gke', 'serviceAccount', 'serviceAccount', false],
    ['openshift', 'oidc', 'oidc', false],
    ['openshift', 'serviceAccount', 'serviceAccount', false],
    ['k3s', 'serviceAccount', 'oidc', false],
  ] as const)(
    '%s for a cluster with the connection %s: for %s, asks to change it: %s',
    (format, connection, expected, change) => {
      const guide = createGuide(format, contextOf({ cluster: { connection } }));
      expect(guide.connection).toBe(expected);
      expect(/Change it in the settings/.test(guide.notes[0])).toBe(change);
      const tokens = guide.steps.filter(({ text }) =>
        text.includes('create token'),
      );
      expect(tokens).toHaveLength(expected === 'serviceAccount' ? 1 : 0);
    },
  );

  it.each(
    ONBOARDING_FORMATS.filter(
      format => format !== 'manifest' && format !== 'gke',
    ),
  )('%s: is exact for the cluster', format => {
    const text = createGuide(format, contextOf())
      .steps.filter(step => step.filename !== 'berth-prod01.yaml')
      .map(step => step.text)
      .join('');
    expect(text).toContain('01JD0000000000000000000000');
    expect(text).toContain(ISSUER);
  });

  it('chooses the AuthenticationConfiguration if the version is known to support it', () => {
    const apiVersion = (version?: string) =>
      yamlOf(createGuide('k3s', contextOf({ version })))[0].apiVersion;
    expect(apiVersion('v1.34.0+k3s1')).toBe('apiserver.config.k8s.io/v1');
    expect(apiVersion('v1.33.1+k3s1')).toBe('apiserver.config.k8s.io/v1beta1');
    expect(apiVersion('v1.29.9+k3s1')).toBeUndefined();
    expect(apiVersion(undefined)).toBeUndefined();
  });

  it('reports that a cluster is too old for an AuthenticationConfiguration', () => {
    expect(createGuide('authentication-config', oldCluster()).notes[0]).toMatch(
      /runs v1\.20\.2, .* use apiserver-flags/,
    );
  });

  it('quotes the flags for a shell', () => {
    const text = (groupsPrefix: string) =>
      createGuide('apiserver-flags', contextOf({ cluster: { groupsPrefix } }))
        .steps[0].text;
    expect(text('oidc:')).toBe(
      flags('oidc:')
        .map(flag => `--${flag}\n`)
        .join(''),
    );
    expect(text("it's")).toContain(`--oidc-groups-prefix='it'\\''s'\n`);
  });

  it("adds the issuer's CA if possible, and reports if not", () => {
    const withCa = (format: OnboardingFormat, version = 'v1.33.1') =>
      createGuide(format, contextOf({ issuerCaPem: CA, version }));
    expect(yamlOf(withCa('authentication-config'))[0].jwt[0].issuer).toEqual({
      url: ISSUER,
      audiences: ['01JD0000000000000000000000'],
      certificateAuthority: CA,
    });
    const [save, start] = withCa('apiserver-flags').steps;
    expect(save).toMatchObject({ filename: 'issuer-ca.pem', text: CA });
    expect(start.text).toContain(
      '--oidc-ca-file=/etc/kubernetes/berth/issuer-ca.pem\n',
    );
    expect(withCa('eks').notes).toContainEqual(
      expect.stringContaining(
        'certificate of a private CA. EKS has no setting for it',
      ),
    );
    const aks = JSON.parse(stepsOf(withCa('aks'), 'json')[0].text);
    expect(atob(aks.issuer.certificateAuthority)).toBe(CA);
    expect(
      yamlOf(withCa('openshift'))[0].spec.oidcProviders[0].issuer,
    ).toMatchObject({
      issuerCertificateAuthority: { name: 'berth-issuer-ca' },
    });
  });

  it('allows the signing algorithm', () => {
    const guide = (format: OnboardingFormat) =>
      createGuide(format, contextOf({ algorithm: 'ES256' }));
    expect(guide('apiserver-flags').steps[0].text).toContain(
      '--oidc-signing-algs=RS256,ES256\n',
    );
    expect(guide('eks').notes).toContainEqual(
      expect.stringContaining('EKS accepts RS256 only'),
    );
  });

  describe('kubeadm', () => {
    it('since 1.31: arguments as a list, with the folder mounted', () => {
      const [, merged] = yamlOf(createGuide('kubeadm', contextOf()));
      expect(merged).toEqual({
        apiVersion: 'kubeadm.k8s.io/v1beta4',
        kind: 'ClusterConfiguration',
        apiServer: {
          extraArgs: [
            {
              name: 'authentication-config',
              value: '/etc/kubernetes/berth/authentication.yaml',
            },
          ],
          extraVolumes: [
            {
              name: 'berth',
              hostPath: '/etc/kubernetes/berth',
              mountPath: '/etc/kubernetes/berth',
              readOnly: true,
              pathType: 'Directory',
            },
          ],
        },
      });
    });

    it('before: arguments as a map, and nothing to mount', () => {
      const [merged] = yamlOf(createGuide('kubeadm', oldCluster()));
      expect(merged).toEqual({
        apiVersion: 'kubeadm.k8s.io/v1beta3',
        kind: 'ClusterConfiguration',
        apiServer: {
          extraArgs: Object.fromEntries(flags().map(flag => flag.split('='))),
        },
      });
    });
  });

  it('kind: patches for either form of kubeadm, at the registered address', () => {
    const guide = createGuide(
      'kind',
      contextOf({ cluster: { apiServer: 'https://127.0.0.1:34567' } }),
    );
    const [, cluster] = yamlOf(guide);
    expect(cluster).toMatchObject({
      networking: { apiServerAddress: '127.0.0.1', apiServerPort: 34567 },
      nodes: [
        {
          role: 'control-plane',
          extraMounts: [{ containerPath: '/etc/kubernetes/berth' }],
        },
      ],
    });
    const patches = cluster.kubeadmConfigPatches.map((patch: string) =>
      parseAllDocuments(patch)[0].toJS(),
    );
    expect(patches).toMatchObject([
      {
        apiVersion: 'kubeadm.k8s.io/v1beta3',
        apiServer: {
          extraArgs: {
            'authentication-config':
              '/etc/kubernetes/berth/authentication.yaml',
          },
        },
      },
      {
        apiVersion: 'kubeadm.k8s.io/v1beta4',
        apiServer: { extraArgs: [{ name: 'authentication-config' }] },
      },
    ]);
    const elsewhere = yamlOf(createGuide('kind', contextOf()))[1];
    expect(elsewhere).not.toHaveProperty('networking');
  });

  it('k3s and RKE2: adds arguments, and mounts the folder if necessary', () => {
    const added = (format: OnboardingFormat) =>
      yamlOf(createGuide(format, contextOf()))[1];
    expect(added('k3s')).toEqual({
      'kube-apiserver-arg+': [
        'authentication-config=/etc/rancher/k3s/berth/authentication.yaml',
      ],
    });
    expect(added('rke2')).toEqual({
      'kube-apiserver-arg+': [
        'authentication-config=/etc/rancher/rke2/berth/authentication.yaml',
      ],
      'kube-apiserver-extra-mount+': [
        '/etc/rancher/rke2/berth:/etc/rancher/rke2/berth:ro',
      ],
    });
    expect(yamlOf(createGuide('rke2', oldCluster()))[0]).toEqual({
      'kube-apiserver-arg+': flags(),
    });
  });

  it('AKS: uses the prefix that AKS requires everywhere, and asks the admin to set it', () => {
    const guide = createGuide('aks', contextOf());
    expect(guide.notes[1]).toMatch(
      /set the username prefix .* aks:jwt: and its groups prefix to aks:jwt: /,
    );
    const bindings = yamlOf(guide).filter(
      one => one?.kind === 'ClusterRoleBinding',
    );
    expect(bindings.map(one => one.subjects[0].name)).toEqual([
      'aks:jwt:cluster-scope',
      'aks:jwt:cluster-admins',
      'aks:jwt:cluster-reconciler',
    ]);
    const set = createGuide(
      'aks',
      contextOf({
        cluster: { usernamePrefix: 'aks:jwt:b:', groupsPrefix: 'aks:jwt:' },
      }),
    );
    expect(set.notes.join()).not.toContain('settings');
    const { claimMappings } = JSON.parse(stepsOf(set, 'json')[0].text);
    expect(claimMappings.username.expression).toBe('"aks:jwt:b:" + claims.sub');
  });

  it('GKE: uses a service account, and explains what people cannot do', () => {
    const guide = createGuide('gke', contextOf());
    expect(guide.notes[1]).toMatch(
      /neither the portal's own tokens nor the tokens .* people/,
    );
    const binding = yamlOf(guide).find(
      one => one?.metadata?.name === 'berth:reconciler:service-account',
    );
    expect(binding.subjects).toEqual([
      { kind: 'ServiceAccount', namespace: 'berth-system', name: 'reconciler' },
    ]);
    expect(guide.steps.at(-1)?.text).toBe(
      'kubectl -n berth-system create token reconciler --duration=1h\n',
    );
  });

  it('OpenShift: warns that logins end, and maps with prefixes or without', () => {
    const guide = createGuide('openshift', contextOf());
    expect(guide.notes[0]).toContain("REPLACES OpenShift's own login");
    expect(yamlOf(guide)[0].spec).toEqual({
      type: 'OIDC',
      webhookTokenAuthenticator: null,
      oidcProviders: [
        {
          name: 'berth',
          issuer: {
            issuerURL: ISSUER,
            audiences: ['01JD0000000000000000000000'],
          },
          claimMappings: {
            username: { claim: 'sub', prefixPolicy: 'NoPrefix' },
            groups: { claim: 'groups', prefix: '' },
          },
        },
      ],
    });
    const prefixed = createGuide(
      'openshift',
      contextOf({ cluster: { usernamePrefix: 'b:', groupsPrefix: 'g:' } }),
    );
    expect(yamlOf(prefixed)[0].spec.oidcProviders[0].claimMappings).toEqual({
      username: {
        claim: 'sub',
        prefixPolicy: 'Prefix',
        prefix: { prefixString: 'b:' },
      },
      groups: { claim: 'groups', prefix: 'g:' },
    });
  });

  it('S20 keeps its structure with any prefixes', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'x\n---\nkind: Secret',
        "'; rm -rf / #",
        '$(reboot)',
        '" || true || "',
        '{{x}}',
      ),
    );
    fc.assert(
      fc.property(
        hostile,
        hostile,
        fc.constantFrom(...ONBOARDING_FORMATS),
        (usernamePrefix, groupsPrefix, format) => {
          const shape = (cluster: object) =>
            createGuide(format, contextOf({ cluster })).steps.map(
              ({ title, language, text }) => [
                title,
                language,
                language === 'yaml' && parseAllDocuments(text).length,
              ],
            );
          expect(shape({ usernamePrefix, groupsPrefix })).toEqual(
            shape({ usernamePrefix: 'a', groupsPrefix: 'b' }),
          );
        },
      ),
    );
  });
});

describe('guideText', () => {
  it('turns everything into comments except files and commands', () => {
    const guide = createGuide('k3s', contextOf());
    const text = guideText(guide);
    for (const { title, why } of guide.steps) {
      expect(text).toMatch(
        new RegExp(`^# \\d\\. ${escapeRegExp(title)}$`, 'm'),
      );
      expect(text).toMatch(new RegExp(`^#    ${escapeRegExp(why)}\\.$`, 'm'));
    }
    expect(text).toContain('\nsudo systemctl restart k3s\n');
  });
});

const hasShellcheck =
  spawnSync('shellcheck', ['--version']).error === undefined;
const required = process.env.BERTH_REQUIRE_REAL_PARTS === '1';
const describeWithShellcheck =
  hasShellcheck || required ? describe : describe.skip;

describeWithShellcheck(
  'shell snippets (skipped where there is no shellcheck)',
  () => {
    it.each(ONBOARDING_FORMATS)('%s: shellcheck finds nothing', format => {
      for (const context of [
        contextOf({ issuerCaPem: CA }),
        contextOf({
          version: undefined,
          cluster: { groupsPrefix: "it's" },
        }),
      ]) {
        for (const { text } of stepsOf(createGuide(format, context), 'shell')) {
          const { stdout, status, error } = spawnSync(
            'shellcheck',
            ['--shell=sh', '-'],
            { input: text, encoding: 'utf8' },
          );
          expect({ text, stdout, status, error }).toEqual({
            text,
            stdout: '',
            status: 0,
            error: undefined,
          });
        }
      }
    });
  },
);

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
