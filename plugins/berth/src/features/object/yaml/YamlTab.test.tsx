import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EditorView } from '@codemirror/view';
import { EditObjectResult } from '@berth/plugin-berth-common';
import {
  ADMIN,
  FakeBerthApi,
  keyOf,
  renderBerth,
} from '../../../__testUtils__';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';
import { addressOf, withObjects } from '../../../__testUtils__/objects';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const PATH = '/berth/clusters/staging/objects/apps/deployments/shop/shop/yaml';
const DEPLOYMENT = addressOf('apps', 'deployments', 'shop');
const BASE = 'spec:\n  replicas: 3\n';
const TYPED = 'spec:\n  replicas: 5\n';

function open(path = `${PATH}?edit`) {
  const api = withObjects(new FakeBerthApi(ADMIN));
  api.getObjectYaml = jest.fn(async () => BASE);
  renderBerth(api, path);
  return api;
}

async function editor() {
  return screen.findByRole(
    'textbox',
    { name: 'YAML of shop, to edit' },
    FIRST_RENDER,
  );
}

/** Replaces the text of the editor. jsdom has no layout, which typing into CodeMirror needs. */
async function type(text: string) {
  const view = EditorView.findFromDOM(await editor())!;
  act(() =>
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
    }),
  );
}

async function review() {
  await userEvent.click(
    screen.getByRole('button', { name: 'Review changes…' }),
  );
}

async function choose(action: string) {
  await userEvent.click(screen.getByRole('button', { name: /^Actions/ }));
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
}

describe('the YAML of an object', () => {
  it('is read only until the person edits it', async () => {
    open(PATH);
    expect(
      await screen.findByRole(
        'textbox',
        { name: 'YAML of shop' },
        FIRST_RENDER,
      ),
    ).toHaveAttribute('aria-readonly', 'true');
    await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
    const box = await editor();
    expect(box).not.toHaveAttribute('aria-readonly');
    expect(box).toHaveAccessibleDescription(/press Esc and then Tab/);
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('is saved after the person saw what the cluster would change', async () => {
    const api = open();
    await type(TYPED);
    api.edited = {
      changed: true,
      diff: '--- before\n+++ after\n@@ -1,2 +1,2 @@\n spec:\n-  replicas: 3\n+  replicas: 5\n',
      conflicts: [],
    };
    await review();
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByRole('region', { name: 'Difference' }),
    ).toHaveTextContent('- replicas: 3 + replicas: 5');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(
      await screen.findByRole('textbox', { name: 'YAML of shop' }),
    ).toBeInTheDocument();
    const edit = { uid: 'uid-of-shop', yaml: TYPED, base: BASE };
    expect(api.changes.map(({ change }) => change)).toEqual([
      { ...edit, dryRun: true },
      edit,
    ]);
  });

  it('has its errors at their lines, and is not sent with them', async () => {
    const api = open();
    await type('spec:\n  replicas: [3\n');
    expect(await screen.findByText(/^Line \d: /)).toBeInTheDocument();
    await review();
    expect(api.changes).toEqual([]);
  });

  it('keeps what the edit started from, and names what others changed', async () => {
    const api = open();
    await type(TYPED);
    const view = api.objects.get(keyOf(DEPLOYMENT))!.view;
    view.managers.push({
      manager: 'argocd-controller',
      operation: 'Apply',
      time: new Date().toISOString(),
      ownsReplicas: false,
    });
    api.getObjectYaml = async () => `${BASE}  paused: true\n`;
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(
      await screen.findByText(/Changed fields: spec.paused/, {}, FIRST_RENDER),
    ).toBeInTheDocument();
    // The page reads the object again as soon as the person returns to the browser tab.
    fireEvent(document, new Event('visibilitychange', { bubbles: true }));
    expect(
      await screen.findByText(/Changed by: argocd-controller/),
    ).toBeInTheDocument();
    await review();
    expect(api.changes).toMatchObject([{ change: { base: BASE } }]);
  });

  it('shows both values of a conflict, and saves the chosen one', async () => {
    const api = open();
    await type(TYPED);
    api.edited = {
      changed: false,
      diff: '',
      conflicts: [
        { path: 'spec.replicas', base: '3', theirs: '4', yours: '5' },
      ],
    };
    api.getObjectYaml = async () => 'spec:\n  replicas: 4\n';
    await review();
    const row = await screen.findByRole('row', { name: /spec.replicas/ });
    expect(row).toHaveTextContent('345');
    expect(await accessibilityFindings()).toEqual([]);

    await userEvent.click(
      screen.getByRole('button', { name: 'Take the values of the cluster' }),
    );
    const box = await editor();
    await waitFor(() => expect(box).toHaveTextContent('replicas: 4'));

    await type(TYPED);
    await review();
    await screen.findByRole('row', { name: /spec.replicas/ });
    api.edited = { changed: true, diff: '+  replicas: 5\n', conflicts: [] };
    await userEvent.click(
      screen.getByRole('button', { name: 'Keep your values…' }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.changes[api.changes.length - 1].change).toEqual({
        uid: 'uid-of-shop',
        yaml: TYPED,
        // The person has seen this value. Another one would be a conflict again.
        base: 'spec:\n  replicas: 4\n',
      }),
    );
  });

  it('hides the values of a Secret in a conflict', async () => {
    const api = open();
    await type(TYPED);
    api.edited = { changed: false, diff: '', conflicts: [{ path: 'data.a' }] };
    await review();
    expect(
      await screen.findByRole('row', { name: /data.a/ }),
    ).toHaveTextContent('(hidden)(hidden)(hidden)');
  });

  it('is not reviewed by the answer about another text', async () => {
    const api = open();
    await type(TYPED);
    let answer = (_: EditObjectResult) => {};
    api.editObject = () => new Promise(resolve => (answer = resolve));
    await review();
    await type('spec:\n  replicas: 6\n');
    await act(async () =>
      answer({ changed: true, diff: '+  replicas: 5\n', conflicts: [] }),
    );
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(await editor()).toHaveTextContent('replicas: 6');
  });

  it('is not lost without a question', async () => {
    open();
    await type(TYPED);
    const confirm = jest.spyOn(window, 'confirm').mockReturnValue(false);
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(confirm).toHaveBeenCalled();
    expect(await editor()).toHaveTextContent('replicas: 5');
  });

  it('asks before an action of the menu leads elsewhere', async () => {
    open();
    await type(TYPED);
    const confirm = jest.spyOn(window, 'confirm').mockReturnValue(false);
    confirm.mockClear();
    await choose('Roll back…');
    expect(confirm).toHaveBeenCalledTimes(1);
    expect(await editor()).toHaveTextContent('replicas: 5');
  });

  it('goes on when the menu asks for it again, and ends with Cancel', async () => {
    open();
    await type(TYPED);
    jest.spyOn(window, 'confirm').mockReturnValue(true);
    await choose('Edit YAML');
    expect(await editor()).toHaveTextContent('replicas: 5');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(
      await screen.findByRole('textbox', { name: 'YAML of shop' }),
    ).toBeInTheDocument();
  });

  it('stays visible when the object cannot be found any more', async () => {
    const api = open();
    await type(TYPED);
    api.objects.delete(keyOf(DEPLOYMENT));
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(
      await screen.findByText(
        'The Deployment shop is not there, or you may not see it any more',
      ),
    ).toBeVisible();
    expect(
      await screen.findByRole('textbox', { name: 'Your unsaved YAML of shop' }),
    ).toHaveTextContent('replicas: 5');
  });
});
