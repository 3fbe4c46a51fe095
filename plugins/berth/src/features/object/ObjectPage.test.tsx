import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ADMIN, FakeBerthApi, keyOf, renderBerth } from '../../__testUtils__';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import {
  addressOf,
  aDeployment,
  withObjects,
} from '../../__testUtils__/objects';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const ROOT = '/berth/clusters/staging/objects';
const POD = `${ROOT}/core/pods/shop/shop-6d4cf56db6-x7k2p`;
const DEPLOYMENT = `${ROOT}/apps/deployments/shop/shop`;
const SECRET = `${ROOT}/core/secrets/shop/shop-login`;

function open(path: string, api = withObjects(new FakeBerthApi(ADMIN))) {
  renderBerth(api, path);
  return api;
}

async function openMenu() {
  const button = await screen.findByRole(
    'button',
    { name: /^Actions for/ },
    FIRST_RENDER,
  );
  await userEvent.click(button);
  return within(await screen.findByRole('menu'));
}

describe('the page of an object', () => {
  it('leads back to the list if there is no such object', async () => {
    open(`${ROOT}/core/pods/shop/ghost`);
    expect(
      await screen.findByText('ghost was not found', {}, FIRST_RENDER),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'Show all pods' })).toHaveAttribute(
      'href',
      '/berth/resources/workloads?kind=core%2Fpods&cluster=staging&namespace=shop',
    );
  });

  it('shows why a pod does not run, and what it is related to', async () => {
    open(POD);
    const web = within(
      await screen.findByRole('region', { name: 'web' }, FIRST_RENDER),
    );
    expect(web.getByText('Waiting: CrashLoopBackOff')).toBeInTheDocument();
    expect(
      web.getByText(/Ended: OOMKilled, exit code 137/),
    ).toBeInTheDocument();
    expect(web.getByText('7')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'worker-1' })).toHaveAttribute(
      'href',
      `${ROOT}/core/nodes/_/worker-1`,
    );
    const ready = screen.getByRole('row', { name: /ContainersNotReady/ });
    expect(ready).toHaveTextContent('Does not receive traffic');

    const related = await screen.findByRole('row', { name: /^Owner/ });
    expect(within(related).getByRole('link')).toHaveAttribute(
      'href',
      `${ROOT}/apps/replicasets/shop/shop-6d4cf56db6`,
    );
    const missing = screen.getByRole('row', { name: /shop-missing/ });
    expect(missing).toHaveTextContent('Does not exist');
    expect(within(missing).queryByRole('link')).not.toBeInTheDocument();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('shows a kind that it does not know by its row and its conditions', async () => {
    open(`${ROOT}/example.com/widgets/shop/gear`);
    expect(await screen.findByText('Teeth', {}, FIRST_RENDER)).toBeVisible();
    expect(screen.getByText('12')).toBeVisible();
    expect(screen.getByRole('row', { name: /Degraded/ })).toHaveTextContent(
      'No teeth',
    );
    expect(screen.queryByRole('tab', { name: 'Logs' })).not.toBeInTheDocument();
  });

  it('shows the warnings of the events with their number', async () => {
    open(`${POD}/events`);
    const row = await screen.findByRole(
      'row',
      { name: /BackOff/ },
      FIRST_RENDER,
    );
    expect(row).toHaveTextContent('Warning');
    expect(row).toHaveTextContent('31');
  });

  it('shows the pods of a workload, and links to its Helm release', async () => {
    const api = open(`${DEPLOYMENT}/pods`);
    const row = await screen.findByRole(
      'row',
      { name: /CrashLoopBackOff/ },
      FIRST_RENDER,
    );
    expect(within(row).getByRole('link')).toHaveAttribute('href', POD);
    expect(screen.getByRole('link', { name: 'storefront' })).toHaveAttribute(
      'href',
      '/berth/clusters/staging/namespaces/shop/releases/storefront',
    );
    expect(api.listQueries).toContainEqual({
      cluster: 'staging',
      namespace: 'shop',
      labelSelector: 'app=shop',
      limit: 500,
    });
  });

  it('leads from an object that Berth keeps to where it is changed', async () => {
    open(`${ROOT}/core/resourcequotas/shop/berth`);
    expect(
      await screen.findByRole('link', { name: 'Open the quota' }, FIRST_RENDER),
    ).toHaveAttribute('href', '/berth/clusters/staging/namespaces/shop/quota');
    const menu = await openMenu();
    expect(menu.getByRole('menuitem', { name: /Delete/ })).toHaveTextContent(
      'Not available: Berth manages this object',
    );
  });
});

describe('the values of a Secret', () => {
  it('are loaded when a person asks, and only the one of the open key', async () => {
    const api = open(SECRET);
    const reveal = jest.spyOn(api, 'revealSecret');
    await userEvent.click(
      await screen.findByRole('button', { name: /^password/ }, FIRST_RENDER),
    );
    expect(screen.queryByText('open-sesame')).not.toBeInTheDocument();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reveal value' }),
    );
    expect(await screen.findByText('open-sesame')).toBeInTheDocument();
    expect(reveal.mock.calls.map(([, keys]) => keys)).toEqual([['password']]);
    expect(await accessibilityFindings()).toEqual([]);

    await userEvent.click(screen.getByRole('button', { name: /^username/ }));
    expect(screen.queryByText('open-sesame')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /^password/ }));
    expect(screen.queryByText('open-sesame')).not.toBeInTheDocument();
  });

  it('of a ConfigMap with 2,000 keys are shown one at a time', async () => {
    open(`${ROOT}/core/configmaps/shop/shop-config`);
    await userEvent.type(
      await screen.findByRole('searchbox', {}, FIRST_RENDER),
      '1999',
    );
    await userEvent.click(
      await screen.findByRole('button', { name: /^setting-1999/ }),
    );
    expect(
      screen.getByRole('region', { name: /Value of setting-1999/ }),
    ).toHaveTextContent('name=1999');
  });
});

describe('the actions on an object', () => {
  it('name the reason why they are not available', async () => {
    const api = withObjects(new FakeBerthApi(ADMIN));
    api.abilities = {
      rules: [
        {
          groups: ['apps'],
          resources: ['deployments/scale'],
          names: [],
          verbs: ['patch'],
        },
      ],
      incomplete: false,
      canWrite: true,
    };
    open(DEPLOYMENT, api);
    const menu = await openMenu();
    const item = menu.getByRole('menuitem', { name: /Delete/ });
    expect(item).toHaveTextContent(
      'Not available: Your roles here do not allow you to delete deployments.',
    );
    expect(
      menu.getByRole('menuitem', { name: 'Scale…' }),
    ).not.toHaveTextContent('Not available');
    await userEvent.click(item);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('scale a deployment, and warn of its autoscaler', async () => {
    const api = open(DEPLOYMENT);
    const menu = await openMenu();
    await userEvent.click(menu.getByRole('menuitem', { name: 'Scale…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText(/The autoscaler shop sets the number/),
    ).toBeInTheDocument();
    const field = dialog.getByRole('textbox', { name: 'Replicas' });
    await userEvent.clear(field);
    await userEvent.type(field, '5');
    await userEvent.tab();
    await userEvent.click(dialog.getByRole('button', { name: 'Scale' }));
    await waitFor(() =>
      expect(api.changes).toEqual([
        {
          address: addressOf('apps', 'deployments', 'shop'),
          change: { action: 'scale', uid: 'uid-of-shop', replicas: 5 },
        },
      ]),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('change the MIG configuration of a node, with the pods that must end', async () => {
    const api = withObjects(new FakeBerthApi(ADMIN));
    api.mig = {
      uid: 'uid-of-worker-1',
      capable: true,
      cordoned: false,
      config: 'all-disabled',
      state: 'success',
      configurations: [
        { name: 'all-disabled', layouts: [''] },
        { name: 'all-1g.5gb', layouts: ['1g.5gb × 7'] },
      ],
      pods: [
        {
          namespace: 'shop',
          name: 'training',
          owner: { kind: 'Job', name: 'nightly' },
          resources: { 'nvidia.com/gpu': '1' },
        },
      ],
    };
    open(`${ROOT}/core/nodes/_/worker-1`, api);
    const menu = await openMenu();
    await userEvent.click(
      menu.getByRole('menuitem', { name: 'Change MIG configuration…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByRole('link', { name: 'shop/training' }),
    ).toHaveAttribute('href', `${ROOT}/core/pods/shop/training`);
    expect(dialog.getByText(/created by Job nightly/)).toBeInTheDocument();
    await userEvent.click(
      dialog.getByRole('button', { name: /New configuration/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /all-1g\.5gb/ }),
    );
    const change = dialog.getByRole('button', { name: 'Change configuration' });
    await userEvent.click(change);
    expect(api.changes).toEqual([]);
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Type worker-1 to confirm' }),
      'worker-1',
    );
    expect(await accessibilityFindings()).toEqual([]);
    await userEvent.click(change);
    await waitFor(() =>
      expect(api.changes.map(({ change: made }) => made)).toEqual([
        {
          action: 'changeMig',
          uid: 'uid-of-worker-1',
          config: 'all-1g.5gb',
          seen: 'all-disabled',
          cordon: true,
        },
      ]),
    );
  });

  it('restart a workload after a confirmation', async () => {
    const api = open(DEPLOYMENT);
    const menu = await openMenu();
    await userEvent.click(menu.getByRole('menuitem', { name: 'Restart…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(api.changes).toEqual([]);
    await userEvent.click(dialog.getByRole('button', { name: 'Restart' }));
    await waitFor(() =>
      expect(api.changes.map(({ change }) => change)).toEqual([
        { action: 'restart', uid: 'uid-of-shop' },
      ]),
    );
  });

  it('roll back to the chosen revision, and show the images that change', async () => {
    const api = open(`${DEPLOYMENT}/revisions`);
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Roll back to revision 3…' },
        FIRST_RENDER,
      ),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText('+ registry.example.com/shop-frontend:1.4.1'),
    ).toBeInTheDocument();
    await userEvent.click(dialog.getByRole('button', { name: 'Roll back' }));
    await waitFor(() =>
      expect(api.changes.map(({ change }) => change)).toEqual([
        { action: 'rollBack', uid: 'uid-of-shop', revision: 3 },
      ]),
    );
  });

  it('delete a claim only after its name was typed', async () => {
    const api = open(`${ROOT}/core/persistentvolumeclaims/shop/shop-data`);
    const menu = await openMenu();
    await userEvent.click(menu.getByRole('menuitem', { name: 'Delete…' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
    expect(api.changes).toEqual([]);
    await userEvent.type(dialog.getByRole('textbox'), 'shop-data');
    await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
    await waitFor(() =>
      expect(api.changes.map(({ change }) => change)).toEqual([
        { uid: 'uid-of-shop-data', propagation: 'background' },
      ]),
    );
  });

  it('name what a deletion takes along, and can keep it', async () => {
    const api = open(DEPLOYMENT);
    await screen.findByRole('row', { name: /^Scaled by/ }, FIRST_RENDER);
    const menu = await openMenu();
    await userEvent.click(menu.getByRole('menuitem', { name: 'Delete…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('ReplicaSet shop-5f77d9c8b4')).toBeInTheDocument();
    await userEvent.click(dialog.getByRole('radio', { name: 'Keep them' }));
    expect(
      dialog.getByText('The 2 objects that it owns stay:'),
    ).toBeInTheDocument();
    await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
    await waitFor(() =>
      expect(api.changes.map(({ change }) => change)).toEqual([
        { uid: 'uid-of-shop', propagation: 'orphan' },
      ]),
    );
  });

  it('stay open with the error of the cluster', async () => {
    const api = withObjects(new FakeBerthApi(ADMIN));
    api.actOnObject = async () => {
      throw new Error('admission webhook denied the request');
    };
    open(DEPLOYMENT, api);
    const menu = await openMenu();
    await userEvent.click(
      menu.getByRole('menuitem', { name: 'Pause rollout…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Pause' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'admission webhook denied the request',
    );
  });
});

describe('an object that goes', () => {
  it('is named as gone', async () => {
    const api = withObjects(new FakeBerthApi(ADMIN));
    open(DEPLOYMENT, api);
    const refresh = await screen.findByRole(
      'button',
      { name: 'Refresh' },
      FIRST_RENDER,
    );
    api.objects.delete(keyOf(addressOf('apps', 'deployments', 'shop')));
    await userEvent.click(refresh);
    expect(
      await screen.findByText(
        'The Deployment shop is not there, or you may not see it any more',
      ),
    ).toBeInTheDocument();
  });

  it('is named as deleted if its deletion was seen', async () => {
    const api = withObjects(new FakeBerthApi(ADMIN));
    const fake = aDeployment();
    (fake.view.object.metadata as Record<string, unknown>).deletionTimestamp =
      new Date().toISOString();
    const key = keyOf(addressOf('apps', 'deployments', 'shop'));
    api.objects.set(key, fake);
    open(DEPLOYMENT, api);
    const refresh = await screen.findByRole(
      'button',
      { name: 'Refresh' },
      FIRST_RENDER,
    );
    api.objects.delete(key);
    await userEvent.click(refresh);
    expect(
      await screen.findByText('The Deployment shop no longer exists'),
    ).toBeInTheDocument();
  });

  it('offers no action while its deletion runs', async () => {
    const api = withObjects(new FakeBerthApi(ADMIN));
    const fake = aDeployment();
    (fake.view.object.metadata as Record<string, unknown>).deletionTimestamp =
      new Date().toISOString();
    api.objects.set(keyOf(addressOf('apps', 'deployments', 'shop')), fake);
    open(DEPLOYMENT, api);
    const menu = await openMenu();
    expect(menu.getByRole('menuitem', { name: /Scale/ })).toHaveTextContent(
      'The object is being deleted.',
    );
  });
});
