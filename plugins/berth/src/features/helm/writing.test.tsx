import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EditorView } from '@codemirror/view';
import {
  HELM_MASK,
  HelmObject,
  HelmOperation,
  HelmPreview,
} from '@berth/plugin-berth-common';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import {
  ADMIN,
  FakeBerthApi,
  HIDDEN,
  MEMBER,
  releaseKey,
  renderBerth,
  withReleases,
} from '../../__testUtils__';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const PLACE = { cluster: 'prod01', namespace: 'shop', release: 'web' };
const WEB = '/berth/clusters/prod01/namespaces/shop/releases/web';
const QUEUE = '/berth/clusters/staging/namespaces/shop/releases/queue';
const VALUES = `db:\n  password: ${HELM_MASK}\nreplicas: 3\n`;

const CHANGES: HelmPreview['changes'] = {
  values:
    '--- values\n+++ values\n@@ -2,1 +2,1 @@\n-replicas: 3\n+replicas: 5\n',
  notes: '',
  items: [
    {
      kind: 'Deployment',
      name: 'web',
      change: 'changed',
      diff: '@@ -4,2 +4,2 @@\n spec:\n-  replicas: 3\n+  replicas: 5\n',
    },
  ],
};

function open(
  path: string,
  change: (berth: FakeBerthApi) => void = () => {},
  access = MEMBER,
) {
  const berth = withReleases(new FakeBerthApi(access, []));
  change(berth);
  renderBerth(berth, path);
  return berth;
}

const anOperation = (changes: Partial<HelmOperation> = {}): HelmOperation => ({
  ...PLACE,
  id: '01JD0000000000000000000000',
  kind: 'upgrade',
  baseRevision: 2,
  state: 'Running',
  startedBy: 'user:default/bob',
  mine: false,
  createdAt: new Date(Date.now() - 120_000).toISOString(),
  options: {},
  ...changes,
});

const object = (
  kind: string,
  name: string,
  health: HelmObject['health'],
  message?: string,
): HelmObject => ({
  ...{ kind, name, health, message },
  ...{ apiVersion: 'v1', group: 'core', plural: 'things' },
  namespace: 'shop',
});

async function openMenu(release: string) {
  await userEvent.click(
    await screen.findByRole(
      'button',
      { name: `Actions for the release ${release}` },
      SLOW,
    ),
  );
}

async function choose(release: string, action: string) {
  await openMenu(release);
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
}

const findDialog = async () => within(await screen.findByRole('dialog'));
const press = async (name: string | RegExp, where: any = screen) =>
  userEvent.click(await where.findByRole('button', { name }, SLOW));

const editor = () =>
  screen.findByRole('textbox', { name: 'Your values for web' }, SLOW);

/** Replaces the text of the editor. jsdom has no layout, which typing into CodeMirror needs. */
async function type(text: string) {
  const view = EditorView.findFromDOM(await editor())!;
  act(() =>
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
    }),
  );
}

describe('the actions on a release', () => {
  it('are disabled with what to set where the portal has no helm', async () => {
    open(WEB, berth => {
      berth.helmWriting = {
        writable: false,
        reason: 'Set berth.helm.binary to change releases',
      };
    });
    await screen.findByRole('heading', { name: 'Objects' }, SLOW);
    await openMenu('web');
    const items = await screen.findAllByRole('menuitem');
    expect(items.map(({ textContent }) => textContent)).toEqual(
      [
        'Upgrade',
        'Install on other clusters',
        'Roll back…',
        'Run tests…',
        'Uninstall…',
      ].map(
        name =>
          `${name}Not available: Set berth.helm.binary to change releases`,
      ),
    );
    await userEvent.click(items[4]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it.each<[string, RegExp, (berth: FakeBerthApi) => void]>([
    [
      'a role does not allow it',
      /Uninstall….*do not allow you to delete secrets/,
      berth => {
        berth.abilities.rules = [
          {
            groups: [''],
            resources: ['secrets'],
            names: [],
            verbs: ['get', 'list', 'create', 'update'],
          },
        ];
      },
    ],
    [
      'an operation runs',
      /Uninstall….*An upgrade of this release is running/,
      berth => berth.addOperation(anOperation()),
    ],
    ['a chart has no tests', /Run tests….*The chart has no tests/, () => {}],
  ])('name the reason when %s', async (_, reason, change) => {
    open(WEB, change);
    await screen.findByRole('heading', { name: 'Objects' }, SLOW);
    await openMenu('web');
    await waitFor(() =>
      expect(
        screen.getAllByRole('menuitem').map(({ textContent }) => textContent),
      ).toContainEqual(expect.stringMatching(reason)),
    );
  });

  it('mark a pending revision as failed, after the page said since when and who', async () => {
    const berth = open(QUEUE);
    await choose('queue', 'Mark as failed…');
    const dialog = await findDialog();
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      /became “Installing” 2 hours ago/,
    );
    expect(
      await dialog.findByText(/Berth did not start the operation/),
    ).toBeVisible();
    await press('Mark as failed', dialog);
    expect(await screen.findByText('The last operation failed')).toBeVisible();
    expect(berth.unlocked).toMatchObject([{ release: 'queue', revision: 1 }]);
  });
});

describe('a rollback', () => {
  it('shows what would change, starts, and shows its lines as they come', async () => {
    const berth = open(`${WEB}/history`, one => {
      one.helmPreviews.rollback = { changes: CHANGES };
    });
    await press('Roll back to revision 1');
    const dialog = await findDialog();
    expect(
      await dialog.findByRole('region', { name: 'Difference of the values' }),
    ).toHaveTextContent('-replicas: 3 +replicas: 5');
    await press('Roll back to revision 1', dialog);
    expect(
      await screen.findByRole('heading', { name: 'Rollback to revision 1' }),
    ).toBeVisible();
    expect(screen.getByText('The operation waits for its turn')).toBeVisible();
    const [[id, request]] = berth.started;
    expect(request).toEqual({
      kind: 'rollback',
      ...PLACE,
      baseRevision: 2,
      revision: 1,
      previewDigest: 'sha256:preview',
      options: {},
    });
    berth.advanceOperation(id, { state: 'Running' }, [
      { level: 'Change', text: 'Deployment web: patched' },
    ]);
    expect(
      within(
        await screen.findByRole('log', { name: 'Progress' }, SLOW),
      ).getByText('Deployment web: patched'),
    ).toBeVisible();
    expect(screen.getByText('Helm is changing the cluster')).toBeVisible();
    berth.advanceOperation(id, { state: 'Observing', waiting: true }, [
      { level: 'Change', text: 'Deployment web is not ready: 1 of 3' },
    ]);
    expect(
      await screen.findByRole('button', { name: 'Stop waiting' }, SLOW),
    ).toBeVisible();
    expect(screen.getByText(/You need not wait/)).toBeVisible();
    berth.advanceOperation(
      id,
      { state: 'Succeeded', revision: 3, waiting: undefined },
      [{ level: 'Info', text: 'Revision 3 is deployed' }],
    );
    expect(
      await screen.findByText('The operation succeeded', {}, SLOW),
    ).toBeVisible();
    expect(await screen.findByText('Revision 3 is deployed')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Cancel|Stop/ })).toBeNull();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('offers what repairs a release whose objects are not ready', async () => {
    const berth = open(`${WEB}/history`);
    await press('Roll back to revision 1');
    await press('Roll back to revision 1', await findDialog());
    await screen.findByText('The operation waits for its turn', {}, SLOW);
    const [[id]] = berth.started;
    berth.advanceOperation(id, {
      state: 'Succeeded',
      revision: 3,
      message: 'web is at revision 3, but 1 object is not ready yet',
      advice: 'Look at the objects of the release',
    });
    expect(
      await screen.findByText(/1 object is not ready yet/, {}, SLOW),
    ).toBeVisible();
    expect(
      await screen.findByRole('button', { name: 'Run again' }, SLOW),
    ).toBeVisible();
  });
});

describe('an uninstallation', () => {
  it('names what goes and what stays, and needs the name', async () => {
    const berth = open(WEB, one => {
      one.helmPreviews.uninstall = {
        goes: [{ kind: 'Deployment', namespace: 'shop', name: 'web' }],
        remains: [
          {
            kind: 'PersistentVolumeClaim',
            namespace: 'shop',
            name: 'data-web-0',
            reason: 'A StatefulSet made it.',
          },
        ],
        hooks: [
          {
            ...{ kind: 'Job', namespace: 'shop', name: 'last-backup' },
            ...{ events: ['pre-delete'], diff: '+kind: Job\n' },
          },
          {
            ...{ kind: 'Job', namespace: 'shop', name: 'farewell' },
            events: ['post-delete'],
          },
        ],
        warnings: ['The chart has no hooks for the deletion.'],
      };
    });
    await choose('web', 'Uninstall…');
    const dialog = await findDialog();
    expect(
      await dialog.findByRole('region', { name: '1 object goes' }),
    ).toHaveTextContent('Deployment web');
    expect(
      dialog.getByRole('region', { name: '1 object stays' }),
    ).toHaveTextContent(
      'PersistentVolumeClaim data-web-0A StatefulSet made it.',
    );
    expect(dialog.getByText(/no hooks for the deletion/)).toBeVisible();
    expect(dialog.getByRole('region', { name: 'Hooks' })).toHaveTextContent(
      'Job last-backup: pre-delete',
    );
    const farewell = dialog.getByText('Job farewell: post-delete');
    // Nothing unfolds where there is nothing to show.
    expect(farewell.closest('details')).toBeNull();
    expect(dialog.getByRole('button', { name: 'Uninstall' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'To confirm, enter web' }),
      'web',
    );
    await userEvent.click(
      dialog.getByRole('checkbox', { name: /Keep the history/ }),
    );
    await waitFor(() =>
      expect(berth.previewed.at(-1)).toMatchObject({ keepHistory: true }),
    );
    expect(await accessibilityFindings()).toEqual([]);
    await dialog.findByRole('region', { name: '1 object goes' });
    await press('Uninstall', dialog);
    expect(
      await screen.findByRole('heading', { name: 'Uninstallation' }),
    ).toBeVisible();
    expect([...berth.started.values()]).toMatchObject([
      { kind: 'uninstall', keepHistory: true },
    ]);
    const [[id]] = berth.started;
    berth.advanceOperation(id, { state: 'Observing' });
    expect(await screen.findByText(/^Helm has ended/, {}, SLOW)).toBeVisible();
    // An uninstallation waits for no objects.
    expect(
      screen.queryByRole('button', { name: /Cancel operation|Stop waiting/ }),
    ).toBeNull();
  });

  it('does not start when the preview refuses it', async () => {
    open(WEB, one => {
      one.helmPreviews.uninstall = { refusals: ['Flux owns the release.'] };
    });
    await choose('web', 'Uninstall…');
    const dialog = await findDialog();
    expect(await dialog.findByText('Flux owns the release.')).toBeVisible();
    expect(dialog.queryByRole('textbox')).toBeNull();
    expect(dialog.getByRole('button', { name: 'Uninstall' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });
});

describe('an upgrade', () => {
  const UPGRADE = `${WEB}/upgrade`;
  const EDITED = VALUES.replace('3', '5');

  it('shows what it would change, and sends the mask of a hidden value as it is', async () => {
    const berth = open(UPGRADE, one => {
      one.helmPreviews.upgrade = {
        changes: CHANGES,
        rights: [
          {
            verb: 'patch',
            group: 'apps',
            resource: 'deployments',
            namespace: 'shop',
            names: ['web'],
            allowed: true,
          },
        ],
      };
    });
    expect((await editor()).textContent).toContain(HELM_MASK);
    expect(screen.getByText(/stands for a hidden value/)).toBeVisible();
    expect(
      (
        await screen.findByRole('textbox', {
          name: 'Values of the chart of web',
        })
      ).textContent,
    ).toContain('replicas: 1');
    expect(await accessibilityFindings()).toEqual([]);
    await type(EDITED);
    await press('Check');
    expect(
      await screen.findByRole('region', {
        name: 'Difference of Deployment web',
      }),
    ).toHaveTextContent('- replicas: 3 + replicas: 5');
    expect(screen.getByText(/Your roles allow everything/)).toBeVisible();
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Description' }),
      'More replicas',
    );
    await userEvent.click(
      screen.getByRole('checkbox', { name: /roll back if they are not/ }),
    );
    await press('Upgrade');
    expect(
      await screen.findByRole('heading', { name: 'Upgrade' }),
    ).toBeVisible();
    expect([...berth.started.values()]).toEqual([
      {
        kind: 'upgrade',
        ...PLACE,
        baseRevision: 2,
        values: EDITED,
        previewDigest: 'sha256:preview',
        options: { description: 'More replicas', rollbackOnFailure: true },
      },
    ]);
    expect(berth.reveals).toEqual([]);
    expect(JSON.stringify([...berth.started])).not.toContain(HIDDEN.password);
  });

  it('is to be checked again after a change of the text', async () => {
    open(UPGRADE);
    await type(EDITED);
    await press('Check');
    expect(
      await screen.findByRole('button', { name: 'Upgrade' }),
    ).toBeVisible();
    await type(VALUES.replace('3', '6'));
    expect(screen.queryByRole('button', { name: 'Upgrade' })).toBeNull();
    await type('replicas: [\n');
    expect(await screen.findByText(/^Line \d: /)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Check' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });

  it('waits for a decision about the fields of others, and names missing rights', async () => {
    const berth = open(UPGRADE, one => {
      one.helmPreviews.upgrade = {
        conflicts: [
          {
            object: 'Deployment web',
            field: 'spec.replicas',
            manager: 'kubectl-scale',
          },
        ],
        rights: [
          {
            verb: 'create',
            group: 'rbac.authorization.k8s.io',
            resource: 'clusterroles',
            names: ['web'],
            allowed: false,
            help: 'A platform admin can create it.',
          },
        ],
      };
    });
    await type(EDITED);
    await press('Check');
    const row = await screen.findByRole('row', { name: /spec.replicas/ });
    expect(within(row).getByText('kubectl-scale')).toBeVisible();
    expect(
      screen.getByText('Your roles do not allow one thing that Helm would do'),
    ).toBeVisible();
    expect(
      screen.getAllByRole('listitem').map(({ textContent }) => textContent),
    ).toContainEqual(
      expect.stringMatching(
        /^Not allowed: create clusterroles.rbac.authorization.k8s.io on the whole cluster/,
      ),
    );
    expect(screen.getByText('A platform admin can create it.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Upgrade' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Take over these fields' }),
    );
    expect(await accessibilityFindings()).toEqual([]);
    await press('Upgrade');
    await screen.findByRole('heading', { name: 'Upgrade' });
    expect([...berth.started.values()]).toMatchObject([
      { options: { forceConflicts: true } },
    ]);
  });

  it('keeps the text and checks again when someone else changed the release', async () => {
    const berth = open(UPGRADE);
    await type(EDITED);
    await press('Check');
    await screen.findByRole('button', { name: 'Upgrade' });
    const { views } = berth.releases.get(releaseKey(PLACE))!;
    berth.releases.get(releaseKey(PLACE))!.views = [
      ...views,
      { ...views.at(-1)!, revision: 3 },
    ];
    await press('Upgrade');
    expect(
      await screen.findByText('The upgrade did not start', {}, SLOW),
    ).toBeVisible();
    expect(screen.getByText(/is at revision 3/)).toBeVisible();
    expect(
      await screen.findByText(/the latest revision is 3/, {}, SLOW),
    ).toBeVisible();
    expect((await editor()).textContent).toContain('replicas: 5');
    expect(berth.previewed).toMatchObject([
      { baseRevision: 2 },
      { baseRevision: 3 },
    ]);
    await press('Upgrade');
    await screen.findByRole('heading', { name: 'Upgrade' });
    expect([...berth.started.values()]).toMatchObject([
      { baseRevision: 3, values: EDITED },
    ]);
  });

  it('asks before a changed text is lost', async () => {
    open(UPGRADE);
    await type(EDITED);
    const confirm = jest.spyOn(window, 'confirm').mockReturnValue(false);
    await userEvent.click(screen.getByRole('link', { name: 'Cancel' }));
    expect(confirm).toHaveBeenCalled();
    expect((await editor()).textContent).toContain('replicas: 5');
  });
});

describe('an operation', () => {
  const ID = '01JD0000000000000000000000';

  const WAITING = { state: 'Observing', waiting: true } as const;
  const openOperation = async (
    changes: Partial<HelmOperation>,
    access: typeof MEMBER,
    verbs: string[],
  ) => {
    const berth = open(
      `${WEB}/operations/${ID}`,
      one => {
        one.abilities.rules = [
          { groups: [''], resources: ['secrets'], names: [], verbs },
        ];
        one.addOperation(anOperation(changes));
      },
      access,
    );
    const cancel = jest.spyOn(berth, 'cancelHelmOperation');
    const name = /^(Cancel operation|Stop waiting)$/;
    const button = await screen.findByRole('button', { name }, SLOW);
    return { button, cancel };
  };

  it.each<[string, Partial<HelmOperation>, string[], RegExp]>([
    ['a running one of another person', {}, ['*'], /^Only the person/],
    [
      'a waiting one, and views',
      WAITING,
      [],
      /not allow you to update secrets/,
    ],
  ])(
    'is ended by nobody who may not: who sees %s',
    async (_, changes, verbs, reason) => {
      const { button, cancel } = await openOperation(changes, MEMBER, verbs);
      await userEvent.hover(button);
      await waitFor(
        () => expect(screen.getByRole('tooltip')).toHaveTextContent(reason),
        SLOW,
      );
      await userEvent.click(button);
      expect(cancel).not.toHaveBeenCalled();
    },
  );

  it.each<[string, Partial<HelmOperation>, typeof MEMBER, string[]]>([
    ['platform admins, while it runs', {}, ADMIN, []],
    ['its person, while it waits', { ...WAITING, mine: true }, MEMBER, []],
    ['who can change the release, while it waits', WAITING, MEMBER, ['update']],
  ])('is ended by %s', async (_, changes, access, verbs) => {
    const { button, cancel } = await openOperation(changes, access, verbs);
    await waitFor(
      () => expect(button).not.toHaveAttribute('aria-disabled'),
      SLOW,
    );
    await userEvent.click(button);
    await waitFor(() => expect(cancel).toHaveBeenCalledWith(ID), SLOW);
  });

  it.each<[string, Partial<HelmOperation>]>([
    ['Berth', WAITING],
    ['helm', { options: { rollbackOnFailure: true } }],
  ])(
    'names the objects that are not ready while %s waits for them',
    async (_, changes) => {
      const objects: HelmObject[] = [
        object('Deployment', 'web', 'Progressing', '1 of 3 replicas are ready'),
        object('Job', 'migrate', 'Progressing', 'It is running'),
        object('Service', 'web-http', 'Healthy'),
        object('ConfigMap', 'secret-like', 'Forbidden'),
        ...Array.from({ length: 20 }, (__, index) =>
          object('Pod', `pod-${index}`, 'Degraded', 'CrashLoopBackOff'),
        ),
      ];
      const berth = open(`${WEB}/operations/${ID}`, one => {
        one.releases.get(releaseKey(PLACE))!.objects = objects;
        one.addOperation(anOperation(changes));
      });
      expect(
        await screen.findByText(
          '21 objects. The list shows 20 of them, problems first.',
          {},
          SLOW,
        ),
      ).toBeVisible();
      expect(screen.getByRole('row', { name: /pod-19/ })).toBeVisible();
      for (const name of ['migrate', 'web-http', 'secret-like']) {
        expect(screen.queryByText(name)).toBeNull();
      }
      expect(await accessibilityFindings()).toEqual([]);
      const release = berth.releases.get(releaseKey(PLACE))!;
      release.objects = objects.slice(0, 1);
      expect(
        await screen.findByText('1 of 3 replicas are ready', {}, SLOW),
      ).toBeVisible();
      release.objects = [];
      expect(
        await screen.findByText(
          'Berth finds no object that is not ready.',
          {},
          SLOW,
        ),
      ).toBeVisible();
      berth.advanceOperation(ID, { state: 'Succeeded', waiting: undefined });
      await screen.findByText('The operation succeeded', {}, SLOW);
      expect(screen.queryByText('Objects that are not ready')).toBeNull();
    },
  );

  it('can be cancelled while it runs by the person who started it', async () => {
    const berth = open(`${WEB}/operations/${ID}`, one => {
      one.addOperation(anOperation({ mine: true }));
    });
    await press('Cancel operation');
    expect(
      await screen.findByText('The operation is being cancelled', {}, SLOW),
    ).toBeVisible();
    berth.advanceOperation(ID, { state: 'Cancelled', cancelling: false });
    expect(
      await screen.findByText('The operation was cancelled', {}, SLOW),
    ).toBeVisible();
  });

  it('shows why it failed and offers what to do', async () => {
    open(`${WEB}/operations/${ID}`, one => {
      one.addOperation(
        anOperation({
          state: 'Failed',
          baseRevision: 1,
          revision: 2,
          message: 'Deployment web is invalid: image: Required value',
          advice: 'Correct the values and run it again.',
        }),
      );
      one.helmPreviews.rollback = {
        changes: { values: '', notes: '', items: [] },
      };
      one.advanceOperation(ID, {}, [
        { level: 'Error', text: 'The cluster refused Deployment web' },
      ]);
    });
    expect(
      await screen.findByText(/image: Required value/, {}, SLOW),
    ).toBeVisible();
    expect(
      screen.getByText('Correct the values and run it again.'),
    ).toBeVisible();
    expect(await screen.findByText(/refused Deployment web/)).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Run again' }, SLOW),
    ).toHaveAttribute('href', `${WEB}/upgrade`);
    await press('Roll back to revision 1');
    const dialog = await findDialog();
    expect(
      await dialog.findByText(/Values, objects and notes would stay the same/),
    ).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('is in the list of the release, which names who started it', async () => {
    open(`${WEB}/operations`, one => {
      one.addOperation(anOperation({ state: 'Succeeded', revision: 2 }));
    });
    const row = await screen.findByRole('row', { name: /Succeeded/ }, SLOW);
    expect(within(row).getByRole('link', { name: 'Upgrade' })).toHaveAttribute(
      'href',
      `${WEB}/operations/${ID}`,
    );
    expect(within(row).getByText('bob')).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('that waits for objects is shown on the page of the release, and lets people change it', async () => {
    open(WEB, one => {
      one.addOperation(anOperation({ state: 'Observing', waiting: true }));
    });
    expect(
      await screen.findByText(
        'Berth waits until the objects of this release are ready.',
        {},
        SLOW,
      ),
    ).toBeVisible();
    await choose('web', 'Roll back…');
    expect(await findDialog()).toBeDefined();
  });

  it('that runs is shown on the page of the release', async () => {
    open(WEB, one => {
      one.addOperation(anOperation());
    });
    expect(
      await screen.findByText(
        'An upgrade of this release is running.',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Show operation' }),
    ).toHaveAttribute('href', `${WEB}/operations/${ID}`);
  });
});
