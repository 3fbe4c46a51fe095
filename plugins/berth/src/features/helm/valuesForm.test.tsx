import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EditorView } from '@codemirror/view';
import { HELM_MASK } from '@berth/plugin-berth-common';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import {
  aCluster,
  aShare,
  FakeBerthApi,
  MEMBER,
  releaseKey,
  renderBerth,
  withCharts,
  withReleases,
} from '../../__testUtils__';
import { aGrant, aNamespace } from '../../__testUtils__/namespaces';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const PLACE = { cluster: 'prod01', namespace: 'shop' };
const INSTALL =
  '/berth/helm/charts/shop/web/install?cluster=prod01&namespace=shop';
const SCHEMA = JSON.stringify({
  required: ['host'],
  properties: {
    replicas: {
      type: 'integer',
      title: 'Replicas',
      description: 'How many pods serve requests',
      minimum: 1,
    },
    host: { type: 'string', title: 'Host' },
    size: { enum: ['small', 'large'], title: 'Size' },
    debug: { type: 'boolean', title: 'Debug' },
    hosts: { type: 'array', items: { type: 'string' }, title: 'Hosts' },
    login: {
      title: 'Login',
      properties: {
        password: { type: 'string', format: 'password', title: 'Password' },
      },
    },
    labels: {
      type: 'object',
      title: 'Labels',
      additionalProperties: { type: 'string' },
    },
    extra: { type: 'object', title: 'Extra' },
  },
});

function open(path: string, change: (berth: FakeBerthApi) => void = () => {}) {
  const berth = withReleases(
    new FakeBerthApi(
      MEMBER,
      [aCluster('prod01', { shares: [aShare('team-a')] })],
      {
        namespaces: [
          aNamespace('prod01', 'shop', { grants: [aGrant('team-a')] }),
        ],
      },
    ),
  );
  withCharts(berth);
  berth.charts.find(({ view }) => view.name === 'web')!.files!.schema = SCHEMA;
  change(berth);
  renderBerth(berth, path);
  return berth;
}

const field = (name: string | RegExp) =>
  screen.findByRole('textbox', { name }, SLOW);

async function editor() {
  const found = await field(/^Your values for/);
  return EditorView.findFromDOM(found)!;
}

const yaml = async () => (await editor()).state.doc.toString();

async function write(text: string) {
  const view = await editor();
  act(() =>
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
    }),
  );
}

describe('the form for values', () => {
  it('refuses texts in fields of numbers, and writes only numbers', async () => {
    open(INSTALL);
    const replicas = await field('Replicas');
    await userEvent.type(replicas, 'three');
    expect(await screen.findByText('Enter a number.')).toBeVisible();
    expect(replicas).toBeInvalid();
    expect(await yaml()).toBe('');
    await userEvent.clear(replicas);
    await userEvent.type(replicas, '3');
    expect(screen.queryByText('Enter a number.')).toBeNull();
    expect(await yaml()).toBe('replicas: 3\n');
  });

  it('edits the YAML, and only what the person sets', async () => {
    open(INSTALL);
    const replicas = await field('Replicas');
    expect(replicas).toHaveAttribute('placeholder', '2');
    expect(replicas).toHaveAccessibleDescription(
      /How many pods serve requests/,
    );
    expect(await yaml()).toBe('');
    expect(await accessibilityFindings()).toEqual([]);

    await write('# Ask Olga first.\nother: 1\n');
    await userEvent.type(replicas, '0');
    expect(await yaml()).toBe('# Ask Olga first.\nother: 1\nreplicas: 0\n');
    expect(await screen.findByText('Enter 1 or more.')).toBeVisible();
    await userEvent.clear(replicas);
    await userEvent.type(replicas, '3');
    await userEvent.type(await field(/^Host\b(?!s)/), 'on');
    await userEvent.click(screen.getByRole('switch', { name: 'Debug' }));
    await userEvent.type(await field('Hosts'), 'a.example{Enter}b.example');
    await userEvent.click(screen.getByRole('button', { name: /Size/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'large' }));
    await userEvent.type(screen.getByLabelText(/^Password/), 'hunter2');
    const labels = within(screen.getByRole('group', { name: 'Labels' }));
    await userEvent.type(labels.getByLabelText('Name'), 'team');
    await userEvent.type(labels.getByLabelText('Value'), 'a');
    await userEvent.click(labels.getByRole('button', { name: /Add/ }));
    expect(await yaml()).toBe(`# Ask Olga first.
other: 1
replicas: 3
host: "on"
debug: true
hosts:
  - a.example
  - b.example
size: large
login:
  password: hunter2
labels:
  team: a
`);
    expect(screen.getByLabelText(/^Password/)).toHaveAttribute(
      'type',
      'password',
    );
    for (const name of [
      'Use default for Replicas',
      'Use default for Password',
      'Remove team from Labels',
    ]) {
      await userEvent.click(screen.getByRole('button', { name }));
    }
    expect(await yaml()).toBe(`# Ask Olga first.
other: 1
host: "on"
debug: true
hosts:
  - a.example
  - b.example
size: large
`);
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('shows what the YAML has, and is paused while the YAML has an error', async () => {
    open(INSTALL);
    const replicas = await field('Replicas');
    await write('replicas: 7\nhost: 1.10\nextra: {a: 1}\nhosts: &h [a]\n');
    await waitFor(() => expect(replicas).toHaveValue('7'));
    expect(await field(/^Host\b(?!s)/)).toHaveValue('1.10');
    expect(
      screen.getByText(/The YAML has another value than a text/),
    ).toBeVisible();
    expect(screen.getByText(/The YAML uses an anchor/)).toBeVisible();
    await write('replicas: [7\nhost: x\n');
    expect(await screen.findByText('The form is paused')).toBeVisible();
    expect(replicas).toHaveValue('7');
    expect(replicas).toBeDisabled();
    await write('# c\nextra: {a: 1}\n');
    await waitFor(() => expect(replicas).toBeEnabled());

    await userEvent.click(
      screen.getByRole('button', { name: 'Set in YAML: Extra' }),
    );
    const view = await editor();
    expect(view.hasFocus).toBe(true);
    expect(view.state.doc.lineAt(view.state.selection.main.head).number).toBe(
      2,
    );
    expect(screen.queryByRole('textbox', { name: 'Replicas' })).toBeNull();
    expect(await field('Values of the chart web 1.2.0')).toBeVisible();
  });

  it('keeps the lines of an entry of an object', async () => {
    open(INSTALL);
    await field('Replicas');
    await write('labels:\n  note: |-\n    a\n    b\n');
    const note = await field('note');
    expect(note).toHaveValue('a\nb');
    await userEvent.type(note, 'c');
    expect(await yaml()).toBe('labels:\n  note: |-\n    a\n    bc\n');
  });

  it('shows what the portal found at the field', async () => {
    open(INSTALL, berth => {
      berth.helmPreviews.install = {
        refusals: ['values: login.password must be longer'],
        problems: [{ path: 'login.password', message: 'must be longer' }],
      };
    });
    await field('Replicas');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Check' }, SLOW),
    );
    const alert = (await screen.findByText('1 value needs a change')).closest(
      '[role="alert"]',
    ) as HTMLElement;
    await userEvent.click(
      within(alert).getByRole('button', { name: 'login.password' }),
    );
    const password = screen.getByLabelText(/^Password/);
    expect(password).toHaveFocus();
    expect(password).toHaveAccessibleDescription(/must be longer/);
    await userEvent.type(password, 'x');
    expect(screen.queryByText('1 value needs a change')).toBeNull();
  });

  it('adds the values of a preset below those of the person, and takes them back', async () => {
    open(INSTALL, berth => {
      berth.presets.push({
        name: 'small',
        title: 'Small',
        description: 'For trying out',
        values: { replicas: 1, size: 'small' },
      });
    });
    await field('Replicas');
    await write('# mine\nreplicas: 4\n');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Presets' }, SLOW),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Small' }, SLOW),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('For trying out')).toBeVisible();
    expect(dialog.getByText('Yours stays')).toBeVisible();
    expect(dialog.getByText('Added')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Add values' }));
    expect(await yaml()).toBe('# mine\nreplicas: 4\nsize: small\n');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Undo the preset Small' }),
    );
    expect(await yaml()).toBe('# mine\nreplicas: 4\n');
  });

  it('keeps a hidden value by its mask', async () => {
    open(
      '/berth/clusters/prod01/namespaces/shop/releases/web/upgrade',
      berth => {
        Object.assign(
          berth.releases.get(releaseKey({ ...PLACE, release: 'web' }))!,
          {
            values: {
              yaml: `login:\n  password: ${HELM_MASK}\nreplicas: 2\n`,
              masked: [['login', 'password']],
            },
            defaults: { yaml: 'replicas: 1\n', masked: [], schema: SCHEMA },
          },
        );
      },
    );
    const password = await screen.findByLabelText(/^Password/, {}, SLOW);
    expect(password).toHaveValue('');
    const replicas = await field('Replicas');
    await userEvent.clear(replicas);
    await userEvent.type(replicas, '5');
    expect(await yaml()).toBe(
      `login:\n  password: ${HELM_MASK}\nreplicas: 5\n`,
    );
    await userEvent.type(password, 'new');
    expect(await yaml()).toBe('login:\n  password: new\nreplicas: 5\n');
    await userEvent.click(
      screen.getByRole('button', { name: 'Keep hidden value of Password' }),
    );
    expect(await yaml()).toBe(
      `login:\n  password: ${HELM_MASK}\nreplicas: 5\n`,
    );
  });
});
