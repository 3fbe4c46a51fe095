import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EditorView } from '@codemirror/view';
import { AppliedDocument } from '@berth/plugin-berth-common';
import {
  aCluster,
  ADMIN,
  FakeBerthApi,
  renderBerth,
} from '../../__testUtils__';
import { accessibilityFindings } from '../../__testUtils__/accessibility';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const YAML = 'kind: ConfigMap\n---\nkind: Deployment\n';
const SETTINGS: AppliedDocument = {
  index: 0,
  line: 1,
  group: 'core',
  plural: 'configmaps',
  kind: 'ConfigMap',
  namespace: 'shop',
  name: 'settings',
  action: 'create',
  diff: '+kind: ConfigMap\n',
};
const SHOP: AppliedDocument = {
  index: 1,
  line: 3,
  group: 'apps',
  plural: 'deployments',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'shop',
  action: 'change',
};
const REFUSED: AppliedDocument = {
  ...SHOP,
  action: 'failed',
  conflicts: [{ field: 'spec.replicas', manager: 'argocd-controller' }],
  problem: 'conflict',
};

async function openWith(applied: AppliedDocument[][]) {
  const api = new FakeBerthApi(ADMIN, [aCluster('staging')]);
  api.applied = applied;
  renderBerth(api, '/berth/resources/workloads');
  await userEvent.click(
    await screen.findByRole('button', { name: 'Apply YAML' }, FIRST_RENDER),
  );
  const box = await screen.findByRole(
    'textbox',
    { name: 'YAML to apply' },
    FIRST_RENDER,
  );
  const view = EditorView.findFromDOM(box)!;
  act(() => view.dispatch({ changes: { from: 0, insert: YAML } }));
  const dialog = within(screen.getByRole('dialog'));
  await userEvent.type(
    dialog.getByRole('textbox', { name: /Namespace/ }),
    'shop',
  );
  const press = (name: string) =>
    userEvent.click(dialog.getByRole('button', { name }));
  const changes = () => api.changes.map(({ change }) => change);
  return { api, box, changes, dialog, press };
}

describe('the dialog "Apply YAML"', () => {
  it('applies after the cluster was asked what would change', async () => {
    const { changes, dialog, press } = await openWith([[SETTINGS, SHOP]]);
    await press('Apply');
    expect(changes()).toEqual([]);

    await press('Check');
    expect(await dialog.findByText('2 objects would change.')).toBeVisible();
    const settings = within(
      dialog.getByRole('region', { name: 'Document 1, line 1' }),
    );
    expect(settings.getByText('Would be created')).toBeVisible();
    expect(
      settings.getByRole('region', { name: 'Difference of settings' }),
    ).toHaveTextContent('+kind: ConfigMap');
    expect(await accessibilityFindings()).toEqual([]);

    await press('Apply');
    expect(await dialog.findByText('2 objects changed.')).toBeVisible();
    expect(dialog.getByRole('link', { name: 'shop/settings' })).toHaveAttribute(
      'href',
      '/berth/clusters/staging/objects/core/configmaps/shop/settings',
    );
    expect(changes()).toEqual([
      { yaml: YAML, namespace: 'shop', dryRun: true },
      { yaml: YAML, namespace: 'shop' },
    ]);
  });

  it('takes over the fields of another program only where the person says so', async () => {
    const { changes, dialog, press } = await openWith([
      [SETTINGS, REFUSED],
      [SETTINGS, SHOP],
    ]);
    await press('Check');
    expect(
      await dialog.findByText('spec.replicas, set by argocd-controller'),
    ).toBeVisible();
    await userEvent.click(
      dialog.getByRole('checkbox', { name: 'Take over these fields' }),
    );
    expect(await dialog.findByText('2 objects would change.')).toBeVisible();
    await press('Apply');
    await waitFor(() =>
      expect(changes()).toEqual([
        { yaml: YAML, namespace: 'shop', dryRun: true },
        { yaml: YAML, namespace: 'shop', dryRun: true, force: [1] },
        { yaml: YAML, namespace: 'shop', force: [1] },
      ]),
    );
  });

  it('keeps that choice for later checks, as long as the person saw each conflict of the object', async () => {
    const { changes, dialog, press } = await openWith([
      [SETTINGS, REFUSED],
      [SETTINGS, SHOP],
      [SETTINGS, REFUSED],
      [SETTINGS, SHOP],
      [
        SETTINGS,
        {
          ...REFUSED,
          conflicts: [
            ...REFUSED.conflicts!,
            { field: 'spec.paused', manager: 'rollouts' },
          ],
        },
      ],
    ]);
    const box = () =>
      dialog.findByRole('checkbox', { name: 'Take over these fields' });
    await press('Check');
    await userEvent.click(await box());
    await waitFor(() => expect(changes()).toHaveLength(2));
    await press('Check');
    await waitFor(() => expect(changes()).toHaveLength(4));
    expect(changes()[2]).not.toHaveProperty('force');
    expect(changes()[3]).toHaveProperty('force', [1]);
    expect(await box()).toBeChecked();

    await press('Check');
    expect(
      await dialog.findByText('spec.paused, set by rollouts'),
    ).toBeVisible();
    expect(await box()).not.toBeChecked();
    for (const change of changes().slice(4)) {
      expect(change).not.toHaveProperty('force');
    }
  });

  it('asks again before a document about another object takes over fields', async () => {
    const { changes, dialog, press } = await openWith([
      [SETTINGS, REFUSED],
      [SETTINGS, SHOP],
      [SETTINGS, { ...REFUSED, name: 'another' }],
    ]);
    await press('Check');
    await userEvent.click(
      await dialog.findByRole('checkbox', { name: 'Take over these fields' }),
    );
    await waitFor(() => expect(changes()).toHaveLength(2));
    await press('Check');
    await waitFor(() =>
      expect(
        dialog.getByRole('checkbox', { name: 'Take over these fields' }),
      ).not.toBeChecked(),
    );
    for (const change of changes().slice(2)) {
      expect(change).not.toHaveProperty('force');
    }
  });

  it('names what was applied before the first document that failed', async () => {
    const { box, dialog, press } = await openWith([
      [SETTINGS, SHOP],
      [
        SETTINGS,
        { ...SHOP, action: 'failed', problem: 'The quota of shop is used up' },
      ],
    ]);
    await press('Check');
    await dialog.findByText('2 objects would change.');
    await press('Apply');
    expect(
      await dialog.findByText(
        /stopped at the first document that failed. One object of 2/,
      ),
    ).toBeVisible();
    expect(dialog.getByRole('alert')).toHaveTextContent(
      'The quota of shop is used up',
    );
    // The person can correct the text, and check it again.
    expect(box).toHaveTextContent('kind: Deployment');
    await press('Check');
    await waitFor(() =>
      expect(
        dialog.queryByText(/stopped at the first/),
      ).not.toBeInTheDocument(),
    );
  });

  it('locks the fields while objects change, and then lists the objects again', async () => {
    const { api, dialog, press } = await openWith([[SETTINGS, SHOP]]);
    await press('Check');
    await dialog.findByText('2 objects would change.');
    const lists = api.listQueries.length;
    const applyYaml = api.applyYaml.bind(api);
    let goOn = () => {};
    api.applyYaml = async (...call) => {
      await new Promise<void>(resolve => (goOn = resolve));
      return applyYaml(...call);
    };
    await press('Apply');
    expect(dialog.getByRole('textbox', { name: /Namespace/ })).toBeDisabled();
    expect(
      dialog.getByRole('textbox', { name: 'YAML to apply' }),
    ).toHaveAttribute('aria-readonly', 'true');
    act(goOn);
    expect(await dialog.findByText('2 objects changed.')).toBeVisible();
    await waitFor(() => expect(api.listQueries.length).toBeGreaterThan(lists));
  });
});
