import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { QueryClient } from '@tanstack/react-query';
import { ADMIN, FakeBerthApi, renderBerth } from '../../../__testUtils__';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';
import { keyOf } from '../../../__testUtils__/FakeResources';
import { addressOf, aView, withObjects } from '../../../__testUtils__/objects';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const ROOT = '/berth/clusters/staging/objects/core';

/** The query clients of all rendered apps. */
const clients = new Set<QueryClient>();
const mount = QueryClient.prototype.mount;
jest
  .spyOn(QueryClient.prototype, 'mount')
  .mockImplementation(function remember(this: QueryClient) {
    clients.add(this);
    return mount.call(this);
  });

async function openDialog(kind: string, name: string, content?: object) {
  const api = withObjects(new FakeBerthApi(ADMIN));
  if (content) {
    api.objects.set(keyOf(addressOf('core', kind, name)), {
      view: aView('ConfigMap', 'v1', name, { ...content }),
    });
  }
  renderBerth(api, `${ROOT}/${kind}/shop/${name}`);
  await userEvent.click(
    await screen.findByRole('button', { name: 'Edit values' }, SLOW),
  );
  const dialog = within(await screen.findByRole('dialog', {}, SLOW));
  const press = (button: string | RegExp) =>
    userEvent.click(dialog.getByRole('button', { name: button }));
  return { api, dialog, press };
}

/** Returns a file. The files of jsdom cannot be read as bytes. */
function aFile(name: string, content: number[]): File {
  const bytes = Uint8Array.from(content);
  return Object.assign(new File([bytes], name), {
    arrayBuffer: async () => bytes.buffer,
  });
}

/** Returns the content of the versions of an edit. */
function contentOf(change: unknown) {
  const { base, yaml, ...rest } = change as { base: string; yaml: string };
  const of = (version: string) => {
    const { data, binaryData } = JSON.parse(version);
    return { data, ...(binaryData && { binaryData }) };
  };
  return { ...rest, base: of(base), wanted: of(yaml) };
}

/** Everything that the page keeps, or shows. */
function kept(): string {
  return JSON.stringify([
    ...[...clients].flatMap(client => [
      client
        .getQueryCache()
        .getAll()
        .map(({ state, queryKey }) => [state, queryKey]),
      client
        .getMutationCache()
        .getAll()
        .map(({ state }) => state),
    ]),
    { ...localStorage },
    { ...sessionStorage },
    window.location.href,
    window.history.state,
    document.documentElement.outerHTML,
    [...document.querySelectorAll('input, textarea')].map(
      field => (field as HTMLInputElement).value,
    ),
  ]);
}

describe('the dialog for keys and values', () => {
  it('S57: replaces a value of a Secret, of which nothing stays in the page', async () => {
    const { api, dialog, press } = await openDialog('secrets', 'shop-login');
    await press(/^password/);
    expect(dialog.queryByRole('textbox', { name: /Value of/ })).toBeNull();
    await press('Reveal value');
    const field = await dialog.findByRole('textbox', {
      name: 'Value of password',
    });
    expect(field).toHaveValue('open-sesame');
    expect(field).toHaveFocus();
    // Looking at a value is no change.
    expect(dialog.queryByText('changed')).toBeNull();
    await userEvent.clear(field);
    await userEvent.type(field, 'new-sesame');
    await press(/^username/);
    await press('Enter a new value');
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Value of username' }),
      'me',
    );
    expect(await accessibilityFindings()).toEqual([]);
    await press('Save 2 keys');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.changes.map(({ change }) => contentOf(change))).toEqual([
      {
        uid: 'uid-of-shop-login',
        base: { data: { password: '', username: '' } },
        wanted: { data: { password: btoa('new-sesame'), username: 'bWU=' } },
      },
    ]);
    expect(kept()).toContain('shop-login');
    for (const value of ['open-sesame', 'new-sesame']) {
      expect(kept()).not.toContain(value);
      expect(kept()).not.toContain(btoa(value));
    }
  });

  it('adds, removes and replaces keys of a ConfigMap, and asks before it overwrites a change of someone else', async () => {
    const { api, dialog, press } = await openDialog('configmaps', 'settings', {
      data: { mode: 'dark', port: '80' },
      binaryData: { logo: 'AP+A' },
    });
    await press(/^logo/);
    expect(dialog.getByText(/is not text \(3 bytes\)/)).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Download' })).toBeVisible();
    await userEvent.upload(
      dialog.getByLabelText('Choose a file', { selector: 'input' }),
      aFile('logo.png', [0, 1]),
    );
    expect(await dialog.findByText(/is not text \(2 bytes\)/)).toBeVisible();

    await press(/^port/);
    await press('Remove port');
    expect(dialog.getByText('The key port will be removed.')).toBeVisible();

    const name = dialog.getByRole('textbox', { name: 'New key' });
    await userEvent.type(name, 'mode{Enter}');
    expect(dialog.getByText('There is a key of this name.')).toBeVisible();
    await userEvent.type(name, '.next{Enter}');
    const field = dialog.getByRole('textbox', { name: 'Value of mode.next' });
    await waitFor(() => expect(field).toHaveFocus());
    await userEvent.type(field, 'light');
    // Someone else changes a key meanwhile: the person decides.
    api.edited = {
      changed: false,
      diff: '',
      conflicts: [{ path: 'data.port', theirs: '81' }],
    };
    const change = (to: { data: object; logo: string }) =>
      api.objects.set(keyOf(addressOf('core', 'configmaps', 'settings')), {
        view: aView('ConfigMap', 'v1', 'settings', {
          data: to.data,
          binaryData: { logo: to.logo },
        }),
      });
    change({ data: { mode: 'dark', port: '81' }, logo: 'AP+A' });
    await press('Save 3 keys');
    expect(
      await dialog.findByText('Someone else changed this as well: data.port'),
    ).toBeVisible();
    // Meanwhile, a third person changes another key.
    api.edited = {
      changed: false,
      diff: '',
      conflicts: [{ path: 'binaryData.logo', theirs: 'AP8=' }],
    };
    change({ data: { mode: 'dark', port: '81' }, logo: 'AP8=' });
    await press('Save anyway');
    expect(
      await dialog.findByText(
        'Someone else changed this as well: binaryData.logo',
      ),
    ).toBeVisible();
    api.edited = { changed: true, diff: '', conflicts: [] };
    await press('Save anyway');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const edit = {
      uid: 'uid-of-settings',
      wanted: { data: { 'mode.next': 'light' }, binaryData: { logo: 'AAE=' } },
    };
    expect(api.changes.map(({ change: sent }) => contentOf(sent))).toEqual([
      { ...edit, base: { data: { port: '80' }, binaryData: { logo: 'AP+A' } } },
      { ...edit, base: { data: { port: '81' }, binaryData: { logo: 'AP+A' } } },
      { ...edit, base: { data: { port: '81' }, binaryData: { logo: 'AP8=' } } },
    ]);
  });

  it('replaces a value of a Secret that someone else changed, if the person says so', async () => {
    const { api, dialog, press } = await openDialog('secrets', 'shop-login');
    await press(/^password/);
    await press('Enter a new value');
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Value of password' }),
      'mine',
    );
    const { view } = api.objects.get(
      keyOf(addressOf('core', 'secrets', 'shop-login')),
    )!;
    view.object.metadata = {
      ...(view.object.metadata as object),
      resourceVersion: '99',
    };
    api.edited = {
      changed: false,
      diff: '',
      conflicts: [{ path: 'data.password' }],
    };
    await press('Save one key');
    await dialog.findByText('Someone else changed this as well: data.password');
    api.edited = { changed: true, diff: '', conflicts: [] };
    await press('Save anyway');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const [, again] = api.changes.map(
      ({ change }) => change as { base: string },
    );
    expect(contentOf(again)).toEqual({
      uid: 'uid-of-shop-login',
      base: { data: { password: '' } },
      wanted: { data: { password: btoa('mine') } },
    });
    expect(JSON.parse(again.base).metadata.resourceVersion).toBe('99');
  });

  it('takes no input while the values are being saved', async () => {
    const { api, dialog, press } = await openDialog('configmaps', 'settings', {
      data: { mode: 'dark' },
    });
    await press(/^mode/);
    const field = dialog.getByRole('textbox', { name: 'Value of mode' });
    await userEvent.type(field, 'er');
    let refuse = (_: Error) => {};
    api.editObject = () => new Promise((_, reject) => (refuse = reject));
    await press('Save one key');
    expect(field).toBeDisabled();
    expect(dialog.getByRole('textbox', { name: 'New key' })).toBeDisabled();
    act(() => refuse(new Error('No.')));
    await waitFor(() => expect(field).toBeEnabled());
    expect(field).toHaveValue('darker');
  });

  it('keeps what was entered when the object goes, and asks before it is lost', async () => {
    const { api, dialog, press } = await openDialog('configmaps', 'settings', {
      data: { mode: 'dark' },
    });
    await press(/^mode/);
    const field = dialog.getByRole('textbox', { name: 'Value of mode' });
    await userEvent.type(field, 'er');
    api.objects.delete(keyOf(addressOf('core', 'configmaps', 'settings')));
    await act(async () => {
      await Promise.all(
        [...clients].map(client =>
          client.refetchQueries({ queryKey: ['object'] }),
        ),
      );
    });
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'The ConfigMap settings is not there, or you may not see it any more',
    );
    expect(field).toHaveValue('darker');
    expect(
      dialog.getByRole('button', { name: 'Save one key' }),
    ).toHaveAttribute('aria-disabled', 'true');
    const confirm = jest.spyOn(window, 'confirm').mockReturnValueOnce(false);
    await press('Cancel');
    expect(field).toHaveValue('darker');
    confirm.mockReturnValueOnce(true);
    await press('Cancel');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(
      screen.getByText(
        'The ConfigMap settings is not there, or you may not see it any more',
      ),
    ).toBeVisible();
  });

  it('does not open for an immutable object', async () => {
    const api = new FakeBerthApi(ADMIN);
    api.objects.set(keyOf(addressOf('core', 'configmaps', 'fixed')), {
      view: aView('ConfigMap', 'v1', 'fixed', {
        data: { version: '1' },
        immutable: true,
      }),
    });
    renderBerth(api, `${ROOT}/configmaps/shop/fixed`);
    const button = await screen.findByRole(
      'button',
      { name: 'Edit values' },
      SLOW,
    );
    await userEvent.hover(button);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      /The ConfigMap is immutable/,
    );
  });
});
