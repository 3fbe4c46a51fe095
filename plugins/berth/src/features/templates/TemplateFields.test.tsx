import { ApiHolder } from '@backstage/core-plugin-api';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import {
  createAsyncValidators,
  Form,
} from '@backstage/plugin-scaffolder-react/alpha';
import { specOf } from './RequestPreview';
import { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import validator from '@rjsf/validator-ajv8';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import {
  chartVersionField,
  clusterField,
  groupField,
  namespaceField,
  namespaceNameField,
  requestPreviewField,
  sizeClassField,
} from '.';
import { berthApiRef } from '../../api';
import {
  aCluster,
  aShare,
  FakeBerthApi,
  LONER,
  MEMBER,
  responseError,
} from '../../__testUtils__';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import { aChart } from '../../__testUtils__/charts';
import { aHome } from '../../__testUtils__/namespaces';

const FIRST = { timeout: 30_000 };
jest.setTimeout(120_000);

function setUp(
  field: FieldExtensionOptions<string, {}>,
  options: {
    ui?: object;
    as?: typeof MEMBER;
    clusters?: string[];
    change?: (berth: FakeBerthApi) => void;
    initial?: string;
    /** The value of another field of the form. */
    cluster?: string;
    others?: Record<string, string>;
  } = {},
) {
  const { as = MEMBER, clusters = ['prod01', 'staging'] } = options;
  const berth = new FakeBerthApi(
    as,
    clusters.map(name =>
      aCluster(name, {
        title: `The ${name}`,
        shares: [aShare('team-a')],
      }),
    ),
    { namespaces: [aHome('prod01', 'team-a')] },
  );
  options.change?.(berth);
  const changed = jest.fn();
  // The same object in each render, as in the scaffolder: the form mounts its fields again for another one.
  const fields = { [field.name]: field.component as any };
  const TheForm = () => {
    const [formData, setFormData] = useState<{ it?: string }>(
      options.initial ? { it: options.initial } : {},
    );
    return (
      <Form
        validator={validator}
        schema={{
          type: 'object',
          required: ['it'],
          properties: { it: { type: 'string', title: 'The choice' } },
        }}
        uiSchema={{
          it: { 'ui:field': field.name, 'ui:options': options.ui },
        }}
        fields={fields}
        formData={formData}
        formContext={{
          formData: {
            ...formData,
            cluster: options.cluster,
            ...options.others,
          },
        }}
        onChange={({ formData: next }) => {
          changed(next.it);
          setFormData(next);
        }}
      />
    );
  };
  renderInTestApp(
    <TestApiProvider apis={[[berthApiRef, berth]]}>
      <TheForm />
    </TestApiProvider>,
  );
  return { berth, changed };
}

async function choose(option: RegExp) {
  await userEvent.click(
    await screen.findByRole('button', { name: /The choice/ }, FIRST),
  );
  await userEvent.click(await screen.findByRole('option', { name: option }));
}

describe('the fields for templates', () => {
  it('offer the clusters that the person may see', async () => {
    const { changed } = setUp(clusterField);
    await choose(/staging/);
    expect(changed).toHaveBeenLastCalledWith('staging');
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('offer the groups of the person, by entity ref', async () => {
    const { changed } = setUp(groupField);
    await choose(/team-a/);
    expect(changed).toHaveBeenLastCalledWith('group:default/team-a');
  });

  it('offer the namespaces on the chosen cluster', async () => {
    const { changed } = setUp(namespaceField, { cluster: 'prod01' });
    await waitFor(() => expect(changed).toHaveBeenCalledWith('team-a'), FIRST);
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('wait for the cluster of a namespace', async () => {
    setUp(namespaceField);
    expect(
      await screen.findByText('Choose a cluster first.', {}, FIRST),
    ).toBeVisible();
  });

  it('check the name of a new namespace on the cluster of the form', async () => {
    const { changed } = setUp(namespaceNameField, { cluster: 'prod01' });
    const name = await screen.findByRole(
      'textbox',
      { name: /The choice/ },
      FIRST,
    );
    await userEvent.type(name, 'team-a');
    expect(
      await screen.findByText(/name "team-a" is taken/, {}, FIRST),
    ).toBeVisible();
    await userEvent.type(name, '2');
    expect(
      await screen.findByText('“team-a2” is free on prod01.', {}, FIRST),
    ).toBeVisible();
    expect(changed).toHaveBeenLastCalledWith('team-a2');
    await userEvent.type(name, '_');
    expect(
      screen.getByText(/“team-a2_” is not a valid name: use at most 63/),
    ).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('show what the rules would decide', async () => {
    const { berth } = setUp(requestPreviewField, {
      cluster: 'prod01',
      others: {
        namespace: 'shop',
        group: 'group:default/team-a',
        sizeClass: 'small',
      },
    });
    expect(
      await screen.findByText(/^Approved at once/, {}, FIRST),
    ).toBeVisible();
    expect(await berth.listRequests({})).toMatchObject({ items: [] });
    expect(await accessibilityFindings()).toEqual([]);
  });

  it.each([
    [{}, undefined],
    [{ group: 'g' }, undefined],
    [{ sizeClass: 's' }, 'quota'],
    [{ sizeClass: 's', group: 'g' }, 'namespace'],
    [{ role: 'edit', group: 'g' }, 'grant'],
  ])('make a request of the values %j', (values, kind) => {
    const place = { cluster: 'c', namespace: 'n' };
    expect(specOf({ ...place, ...values })?.kind).toBe(kind);
    expect(specOf({ cluster: 'c', ...values })).toBeUndefined();
  });

  it('offer the sizes with their bounds', async () => {
    const { changed } = setUp(sizeClassField);
    await userEvent.click(
      await screen.findByRole('button', { name: /The choice/ }, FIRST),
    );
    expect(
      await screen.findByRole('option', { name: /Small/ }),
    ).toHaveTextContent(/A web app and its database: .*2 vCPU.*4 GiB/);
    await userEvent.click(screen.getByRole('option', { name: /Small/ }));
    expect(changed).toHaveBeenLastCalledWith('small');
  });

  it('offer the volumes and nodes of a size, and choose the default first', async () => {
    const { changed } = setUp(sizeClassField, {
      change: berth => {
        berth.sizeClasses = berth.sizeClasses.map(size =>
          size.name === 'gpu'
            ? {
                ...size,
                default: true,
                maxStorage: '100Gi',
                defaultStorage: '10Gi',
                nodeSelector: { pool: 'gpu' },
                tolerations: [
                  {
                    key: 'nvidia.com/gpu',
                    operator: 'Exists',
                    effect: 'NoSchedule',
                  },
                ],
              }
            : size,
        );
      },
    });
    await waitFor(() => expect(changed).toHaveBeenCalledWith('gpu'), FIRST);
    await userEvent.click(
      await screen.findByRole('button', { name: /The choice/ }),
    );
    expect(
      await screen.findByRole('option', { name: /GPU training/ }),
    ).toHaveTextContent(
      /volumes up to 100 GiB, usual volume 10 GiB, nodes with pool=gpu, a toleration of nvidia.com\/gpu:NoSchedule/,
    );
  });

  it('offer the versions of the chart that the template names', async () => {
    const { changed } = setUp(chartVersionField, {
      ui: { repository: 'shop', chart: 'web' },
      change: berth => {
        berth.charts.push(
          aChart('web', {}, {}, [
            { version: '1.1.0', appVersion: '2.13.0', deprecated: true },
          ]),
        );
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /The choice/ }, FIRST),
    );
    const former = await screen.findByRole('option', { name: '1.1.0' });
    expect(former).toHaveTextContent('app version 2.13.0, Deprecated');
    await userEvent.click(former);
    expect(changed).toHaveBeenLastCalledWith('1.1.0');
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('choose a single option', async () => {
    const { changed } = setUp(clusterField, { clusters: ['prod01'] });
    await waitFor(() => expect(changed).toHaveBeenCalledWith('prod01'), FIRST);
  });

  it('keep the value of the template', async () => {
    const { changed } = setUp(clusterField, {
      clusters: ['prod01'],
      initial: 'elsewhere',
    });
    expect(
      await screen.findByRole('button', { name: /elsewhere/ }, FIRST),
    ).toBeVisible();
    expect(changed).not.toHaveBeenCalledWith('prod01');
  });

  it.each([
    [clusterField, { clusters: [] }, /No cluster is shared with any of your/],
    [groupField, { as: LONER }, /You are in no group of the catalog/],
    [
      namespaceField,
      { cluster: 'staging' },
      /None of your groups holds a role in a namespace on this cluster/,
    ],
    [
      sizeClassField,
      {
        change: (berth: FakeBerthApi) => {
          berth.sizeClasses = [];
        },
      },
      /There are no sizes to choose from/,
    ],
  ])(
    'say why there is nothing to choose: $name',
    async (field, options, why) => {
      setUp(field, options);
      expect(await screen.findByText(why, {}, FIRST)).toBeVisible();
      expect(screen.queryByRole('button', { name: /The choice/ })).toBeNull();
      expect(await accessibilityFindings()).toEqual([]);
    },
  );

  it('show failures, and try again', async () => {
    setUp(clusterField, {
      change: berth => {
        const list = berth.listClusters.bind(berth);
        berth.listClusters = async () => {
          berth.listClusters = list;
          throw await responseError(503, 'The database does not answer');
        };
      },
    });
    expect(
      await screen.findByText(/The database does not answer/, {}, FIRST),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('button', { name: /The choice/ }, FIRST),
    ).toBeEnabled();
  });
});

describe('their validation', () => {
  const holder = (change?: (berth: FakeBerthApi) => void): ApiHolder => {
    const berth = new FakeBerthApi(MEMBER, [
      aCluster('prod01', { shares: [aShare('team-a')] }),
    ]);
    change?.(berth);
    const apis = new Map<string, unknown>([[berthApiRef.id, berth]]);
    return { get: (ref: { id: string }) => apis.get(ref.id) } as ApiHolder;
  };
  const errorsOf = async (
    { name, validation }: FieldExtensionOptions<string, {}>,
    value: string | undefined,
    apiHolder = holder(),
  ) => {
    const validate = createAsyncValidators(
      {
        type: 'object',
        properties: { it: { type: 'string', 'ui:field': name } },
      },
      { [name]: validation as any },
      { apiHolder },
    );
    const { it: found } = await validate({ it: value as string });
    return found?.__errors ?? [];
  };

  it.each([
    [clusterField, 'prod01', 'prod02'],
    [groupField, 'group:default/team-a', 'group:default/team-b'],
    [sizeClassField, 'small', 'enormous'],
    [namespaceNameField, 'shop', 'Shop_1'],
    [namespaceNameField, 'shop', 'kube-system'],
  ])('accepts only options: $name', async (field, good, bad) => {
    expect(await errorsOf(field, good)).toEqual([]);
    expect(await errorsOf(field, undefined)).toEqual([]);
    expect(await errorsOf(field, bad)).toEqual([expect.stringContaining(bad)]);
  });

  it('leaves values that cannot be looked up to the API', async () => {
    const apiHolder = holder(berth => {
      berth.listClusters = async () => {
        throw new Error('offline');
      };
    });
    expect(await errorsOf(clusterField, 'prod02', apiHolder)).toEqual([]);
  });
});
