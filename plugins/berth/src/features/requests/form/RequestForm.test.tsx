import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeBerthApi } from '../../../__testUtils__/FakeBerthApi';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';
import { MEMBER, aCluster, aShare } from '../../../__testUtils__/fixtures';
import { aHome, aQuota } from '../../../__testUtils__/namespaces';
import { renderTenancy } from '../../../__testUtils__/renderTenancy';
import { inTray } from '../../../__testUtils__/requests';
import {
  fieldsError,
  responseError,
} from '../../../__testUtils__/responseError';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const NEW = '/berth/requests/new';
const clusters = [aCluster('prod01', { shares: [aShare('team-a')] })];
const namespaces = [aHome('prod01', 'team-a', { quota: aQuota() })];

const theTray = () =>
  new FakeBerthApi(MEMBER, clusters, { namespaces, requests: inTray() });

function open(path: string, berth = theTray()) {
  renderTenancy({
    as: MEMBER,
    path,
    berth,
    systems: ['shop'],
  });
  return berth;
}

const preview = async () =>
  within(await screen.findByRole('region', { name: 'What will happen' }, SLOW));

async function choose(field: RegExp, option: RegExp) {
  await userEvent.click(
    await screen.findByRole('button', { name: field }, SLOW),
  );
  await userEvent.click(await screen.findByRole('option', { name: option }));
}

describe('the form of a request', () => {
  it('requests a namespace, previews the decision of the rules, and sends once', async () => {
    const berth = open(NEW);
    const create = jest.spyOn(berth, 'createRequest');
    const submit = await screen.findByRole(
      'button',
      { name: 'Submit request' },
      SLOW,
    );
    await userEvent.click(submit);
    expect(await screen.findByText('Enter a name.')).toBeVisible();
    // A single option is chosen automatically.
    expect(screen.getByRole('button', { name: /Group/ })).toHaveTextContent(
      'team-a',
    );
    expect(create).not.toHaveBeenCalled();

    const name = screen.getByRole('textbox', { name: /^Name/ });
    expect(name).toHaveFocus();
    await userEvent.type(name, 'shop2');
    expect(
      await (
        await preview()
      ).findByText('Approved at once by the rule small-ones', {}, SLOW),
    ).toBeVisible();
    await choose(/Size/, /GPU training/);
    expect(
      await (
        await preview()
      ).findByText(/Needs the approval of one of/, {}, SLOW),
    ).toHaveTextContent('platform');
    expect(await accessibilityFindings()).toEqual([]);

    await userEvent.dblClick(submit);
    expect(
      await screen.findByRole('heading', { name: 'Namespace shop2' }, SLOW),
    ).toBeVisible();
    expect(create).toHaveBeenCalledTimes(1);
    expect(create).toHaveBeenCalledWith({
      kind: 'namespace',
      cluster: 'prod01',
      namespace: 'shop2',
      group: 'group:default/team-a',
      quota: { sizeClass: 'gpu' },
      idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('requests a namespace of a system, and shows a refusal at the field', async () => {
    const berth = theTray();
    const create = jest
      .spyOn(berth, 'createRequest')
      .mockRejectedValueOnce(
        await fieldsError(400, [
          'system "system:default/till" is not a System that you can see in the catalog. Correct the spelling or leave it out',
          'system',
        ]),
      );
    open(`${NEW}?system=system:default/till`, berth);
    const system = await screen.findByRole(
      'combobox',
      { name: /System/ },
      SLOW,
    );
    expect(system).toHaveValue('till');
    await userEvent.type(screen.getByRole('textbox', { name: /^Name/ }), 'web');
    await (
      await preview()
    ).findByText('Approved at once by the rule small-ones', {}, SLOW);
    const submit = screen.getByRole('button', { name: 'Submit request' });
    await userEvent.click(submit);
    expect(
      await screen.findByText(/is not a System that you can see/, {}, SLOW),
    ).toBeVisible();
    expect(system).toBeInvalid();
    expect(system).toHaveAccessibleDescription(/is not a System/);
    expect(await accessibilityFindings()).toEqual([]);

    await userEvent.clear(system);
    await userEvent.type(system, 'shop');
    await userEvent.click(
      await screen.findByRole('option', { name: /The shop/ }, SLOW),
    );
    expect(
      screen.queryByText(/is not a System that you can see/),
    ).not.toBeInTheDocument();
    await userEvent.click(submit);
    expect(
      await screen.findByRole('heading', { name: 'Namespace web' }, SLOW),
    ).toBeVisible();
    expect(create).toHaveBeenLastCalledWith(
      expect.objectContaining({
        namespace: 'web',
        system: 'system:default/shop',
      }),
    );
    expect(screen.getByRole('link', { name: 'shop' })).toHaveAttribute(
      'href',
      '/catalog/default/system/shop',
    );
  });

  it('keeps its key when it is sent again, and shows refusals at their fields', async () => {
    const berth = open(
      `${NEW}?kind=grant&cluster=prod01&namespace=payments&group=group:default/team-a`,
    );
    const create = jest
      .spyOn(berth, 'createRequest')
      .mockRejectedValueOnce(
        await fieldsError(400, [
          'namespace "payments" is being deleted',
          'namespace',
        ]),
      )
      .mockRejectedValueOnce(
        await responseError(409, 'It is asked for already'),
      );
    const draft = await screen.findByRole(
      'button',
      { name: 'Save as draft' },
      SLOW,
    );
    await userEvent.click(draft);
    expect(
      await screen.findByText(
        'namespace "payments" is being deleted',
        {},
        SLOW,
      ),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('radio', { name: 'edit' }));
    await userEvent.click(draft);
    expect(
      await screen.findByText('It is asked for already', {}, SLOW),
    ).toBeVisible();
    await userEvent.click(draft);
    expect(
      await screen.findByRole('heading', { name: 'edit in payments' }, SLOW),
    ).toBeVisible();
    const [first, corrected, last] = create.mock.calls.map(
      ([request]) => request,
    );
    expect(last).toMatchObject({ kind: 'grant', role: 'edit', draft: true });
    // The server refuses another content under the same key.
    expect(corrected.idempotencyKey).not.toBe(first.idempotencyKey);
    expect(last.idempotencyKey).toBe(corrected.idempotencyKey);
  });

  it('begins with the current quota, and shows what would be refused', async () => {
    const berth = new FakeBerthApi(MEMBER, clusters, { namespaces });
    jest
      .spyOn(berth, 'previewRequest')
      .mockRejectedValue(
        await responseError(409, 'Another request for team-a is open'),
      );
    open(`${NEW}?kind=quota&cluster=prod01&namespace=team-a`, berth);
    expect(
      await screen.findByRole('textbox', { name: /CPU requests/ }, SLOW),
    ).toHaveValue('8');
    expect(screen.getByText('3.5 vCPU in use now')).toBeVisible();
    expect(
      await (
        await preview()
      ).findByText('Another request for team-a is open', {}, SLOW),
    ).toBeVisible();
  });

  it('shows the titles of groups from the catalog', async () => {
    renderTenancy({
      as: MEMBER,
      path: NEW,
      clusters,
      titles: { 'group:default/team-a': 'The shop team' },
    });
    const group = await screen.findByRole('button', { name: /Group/ }, SLOW);
    await waitFor(() => expect(group).toHaveTextContent('The shop team'), SLOW);
  });

  it('does not edit a request that is no longer a draft', async () => {
    const [denied] = inTray().filter(({ state }) => state === 'Denied');
    open(`/berth/requests/${denied.id}/edit`);
    expect(
      await screen.findByText(/^Only drafts can be changed/, {}, SLOW),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'payments' })).toHaveAttribute(
      'href',
      `/berth/requests/${denied.id}`,
    );
  });

  it('edits a draft and submits it', async () => {
    const [draft] = inTray().filter(({ state }) => state === 'Draft');
    const berth = open(`/berth/requests/${draft.id}/edit`);
    await userEvent.click(
      await screen.findByRole('radio', { name: 'view' }, SLOW),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Submit request' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'view in payments' }, SLOW),
    ).toBeVisible();
    expect(berth.requests.get(draft.id)).toMatchObject({
      state: 'Submitted',
      spec: { role: 'view' },
    });
  });
});
