import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeBerthApi } from '../../../__testUtils__/FakeBerthApi';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';
import {
  ADMIN,
  MEMBER,
  aCluster,
  aShare,
} from '../../../__testUtils__/fixtures';
import { renderTenancy } from '../../../__testUtils__/renderTenancy';
import { GRANT_SPEC, aRequest, inTray } from '../../../__testUtils__/requests';
import { responseError } from '../../../__testUtils__/responseError';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const clusters = [aCluster('prod01', { shares: [aShare('team-a')] })];
const idOf = (number: number) =>
  `01K9ZB4N7Q2M8R${String(number).padStart(12, '0')}`;
const [NAMESPACE, QUOTA, , READY, FAILED, DRAFT] = [1, 2, 3, 4, 5, 6].map(idOf);

function open(as: typeof ADMIN, id: string) {
  const berth = new FakeBerthApi(as, clusters, { requests: inTray() });
  renderTenancy({ as, path: `/berth/requests/${id}`, berth });
  return berth;
}

const button = (name: string) => screen.findByRole('button', { name }, SLOW);

describe('the page of a request', () => {
  it('shows a decider the usage, the current limits, the request and the remaining amounts', async () => {
    open(ADMIN, QUOTA);
    const cpu = within(
      await screen.findByRole('row', { name: /CPU requests/ }, SLOW),
    );
    expect(cpu.getAllByRole('cell').map(cell => cell.textContent)).toEqual([
      '16 vCPU',
      '3.5 vCPU',
      '8 vCPU',
      '12 vCPU',
    ]);
    expect(cpu.getByRole('meter')).toHaveAttribute(
      'aria-valuetext',
      '3.5 of 16 vCPU',
    );
    expect(screen.getByRole('row', { name: /Memory/ })).toHaveTextContent(
      'less than is in use',
    );
    expect(screen.getByRole('row', { name: /Pods/ })).toHaveTextContent(
      'no limit',
    );
    expect(screen.getByText(/it is for the size classes small/)).toBeVisible();
    expect(screen.getByText(/Needs the approval of/)).toHaveTextContent(
      'platform',
    );
    expect(
      screen.getByText(/this quota replaces the current quota of team-a/),
    ).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('shows those who read everything the over-commit of the cluster after an approval', async () => {
    const requests = inTray();
    const berth = new FakeBerthApi(ADMIN, clusters, { requests });
    jest.spyOn(berth, 'getQuotas').mockResolvedValue({
      cluster: 'prod01',
      totals: [{ resource: 'cpu', allocatable: '16', hard: '12', used: '3' }],
      unbounded: 0,
      items: [],
      totalItems: 0,
    });
    renderTenancy({ as: ADMIN, path: `/berth/requests/${QUOTA}`, berth });
    // The request raises the quota of team-a from 8 to 16 CPUs.
    expect(
      await screen.findByText(
        /CPU: committed 12 → 20 vCPU of 16 vCPU, over-commit 0\.75× → 1\.25×/,
        {},
        SLOW,
      ),
    ).toHaveTextContent('More than the nodes have');
  });

  it('reads no sums of the cluster for other deciders', async () => {
    const requests = inTray();
    const berth = new FakeBerthApi(MEMBER, clusters, { requests });
    const read = jest.spyOn(berth, 'getQuotas');
    renderTenancy({ as: MEMBER, path: `/berth/requests/${QUOTA}`, berth });
    expect(
      await screen.findByRole('row', { name: /CPU requests/ }, SLOW),
    ).toBeVisible();
    expect(read).not.toHaveBeenCalled();
  });

  it('shows the titles of persons and groups from the catalog', async () => {
    renderTenancy({
      as: ADMIN,
      path: `/berth/requests/${NAMESPACE}`,
      clusters,
      requests: inTray(),
      titles: {
        'user:default/alice': 'Alice Moreau',
        'group:default/team-a': 'The shop team',
      },
    });
    expect(
      await screen.findByText(/^If you approve/, {}, SLOW),
    ).toHaveTextContent('The shop team becomes its admin');
    expect(screen.getByText(/^If you deny/)).toHaveTextContent(
      'Alice Moreau is notified of your decision',
    );
    expect(
      screen.getByRole('textbox', { name: /Comment/ }),
    ).toHaveAccessibleDescription(/^Alice Moreau and everyone/);
    expect(screen.queryByText(/alice|team-a/)).toBeNull();
  });

  it.each([
    ['Submitted', 'requests'],
    ['Withdrawn', 'requested'],
  ] as const)(
    'names the requester of one that is %s: %s',
    async (state, word) => {
      const requests = [aRequest(GRANT_SPEC, { id: NAMESPACE, state })];
      const path = `/berth/requests/${NAMESPACE}`;
      renderTenancy({ as: MEMBER, path, clusters, requests });
      expect(
        await screen.findByText(new RegExp(`^${word} the role`), {}, SLOW),
      ).toHaveTextContent(`alice ${word} the role edit`);
    },
  );

  it('approves once, however often the button is pressed, and moves on to the result', async () => {
    const berth = open(ADMIN, NAMESPACE);
    const decide = jest.spyOn(berth, 'decideRequest');
    await userEvent.dblClick(await button('Approve'));
    await waitFor(
      () => expect(screen.queryByText('Your decision')).toBeNull(),
      SLOW,
    );
    expect(decide.mock.calls).toEqual([[NAMESPACE, { decision: 'approve' }]]);
    const steps = screen.getAllByRole('listitem');
    expect(steps[steps.length - 1]).toHaveTextContent(/Approved.*ada/);
  });

  it('denies only with a comment', async () => {
    const berth = open(ADMIN, NAMESPACE);
    const decide = jest.spyOn(berth, 'decideRequest');
    const deny = await button('Deny');
    expect(deny).toHaveAttribute('aria-disabled', 'true');
    await userEvent.type(
      screen.getByRole('textbox', { name: /Comment/ }),
      'Too large,{Enter}take small',
    );
    await userEvent.click(await button('Deny'));
    await waitFor(() => expect(decide).toHaveBeenCalled(), SLOW);
    expect(decide).toHaveBeenCalledWith(NAMESPACE, {
      decision: 'deny',
      comment: 'Too large, take small',
    });
    expect(
      (await screen.findAllByText('Too large, take small', {}, SLOW)).length,
    ).toBeGreaterThan(0);
  });

  it('shows the decision of another person who acted first', async () => {
    const berth = open(ADMIN, NAMESPACE);
    const approve = await button('Approve');
    berth.step(NAMESPACE, 'Denied', {
      by: 'user:default/bob',
      reason: 'Not in this quarter',
    });
    await userEvent.click(approve);
    expect(await screen.findByText('Already decided', {}, SLOW)).toBeVisible();
    expect(screen.getByText('The request is Denied already')).toBeVisible();
    expect(screen.queryByText('Your decision')).toBeNull();
    expect(screen.getAllByText('Not in this quarter')[0]).toBeVisible();
  });

  it('does not offer to approve a role in a namespace that does not exist', async () => {
    const request = {
      ...aRequest(GRANT_SPEC, { id: NAMESPACE, state: 'Submitted' }),
      observed: { namespaceExists: false },
    };
    renderTenancy({
      as: ADMIN,
      path: `/berth/requests/${NAMESPACE}`,
      clusters,
      requests: [request],
    });
    expect(
      await screen.findByText(/^Berth manages no namespace/, {}, SLOW),
    ).toBeVisible();
    expect(await button('Approve')).toHaveAttribute('aria-disabled', 'true');
    expect(screen.queryByText(/^If you approve/)).toBeNull();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('shows that a namespace is gone, and that no person can decide', async () => {
    const gone = {
      ...aRequest(GRANT_SPEC, { id: NAMESPACE, state: 'Ready' as const }),
      gone: true,
    };
    const undecidable = {
      ...aRequest(GRANT_SPEC, { id: QUOTA, state: 'Submitted' as const }),
      verdict: {
        outcome: 'NeedsApproval' as const,
        reasons: [],
        approvers: ['group:default/team-a'],
        undecidable: true,
      },
    };
    const requests = [gone, undecidable];
    const show = (id: string) =>
      renderTenancy({
        as: MEMBER,
        path: `/berth/requests/${id}`,
        clusters,
        requests,
      });
    const { unmount } = show(NAMESPACE);
    expect(
      await screen.findByText(/has since been deleted/, {}, SLOW),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Make a new request' }),
    ).toHaveAttribute('href', expect.stringContaining('kind=grant'));
    expect(screen.queryByText('Open namespace')).toBeNull();
    unmount();
    show(QUOTA);
    expect(
      await screen.findByText(/^Nobody can decide this request/, {}, SLOW),
    ).toBeVisible();
  });

  it('shows a message and a link back if the request is not found', async () => {
    renderTenancy({
      as: MEMBER,
      path: '/berth/requests/nosuch',
      clusters,
    });
    expect(
      await screen.findByRole('link', { name: 'Back to the requests' }, SLOW),
    ).toHaveAttribute('href', '/berth/requests');
    expect(screen.queryByText(/cluster/)).toBeNull();
  });

  it('keeps the input after other failures', async () => {
    const berth = open(ADMIN, NAMESPACE);
    jest
      .spyOn(berth, 'decideRequest')
      .mockRejectedValue(await responseError(503, 'The database is away'));
    await button('Approve');
    const comment = screen.getByRole('textbox', { name: /Comment/ });
    await userEvent.type(comment, 'Fine');
    await userEvent.click(await button('Approve'));
    expect(
      await screen.findByText('The database is away', {}, SLOW),
    ).toBeVisible();
    expect(comment).toHaveValue('Fine');
  });

  it('lets the requester withdraw, and neither decide nor see the usage', async () => {
    const berth = open(MEMBER, QUOTA);
    await userEvent.click(await button('Withdraw'));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Withdraw' }));
    await waitFor(
      () => expect(berth.requests.get(QUOTA)?.state).toBe('Withdrawn'),
      SLOW,
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), SLOW);
    expect(screen.queryByText('Your decision')).toBeNull();
    expect(
      screen.queryByRole('columnheader', { name: 'In use now' }),
    ).toBeNull();
  });

  it('submits a draft, and retries after a failure', async () => {
    const berth = open(MEMBER, DRAFT);
    expect(
      await screen.findByRole('link', { name: 'Edit draft' }, SLOW),
    ).toHaveAttribute('href', `/berth/requests/${DRAFT}/edit`);
    await userEvent.click(await button('Submit'));
    await waitFor(
      () => expect(berth.requests.get(DRAFT)?.state).toBe('Submitted'),
      SLOW,
    );
  });

  it('shows why it failed, and retries', async () => {
    const berth = open(MEMBER, FAILED);
    expect(
      (await screen.findAllByText(/did not make the namespace/, {}, SLOW))[0],
    ).toBeVisible();
    await userEvent.click(await button('Try again'));
    await waitFor(
      () => expect(berth.requests.get(FAILED)?.state).toBe('Provisioning'),
      SLOW,
    );
  });

  it('links to a namespace that is ready', async () => {
    open(MEMBER, READY);
    expect(
      await screen.findByRole('link', { name: 'Open namespace' }, SLOW),
    ).toHaveAttribute('href', '/berth/clusters/prod01/namespaces/shop');
    await userEvent.click(await button('Kubeconfig for prod01'));
    expect(await screen.findByRole('dialog', {}, SLOW)).toBeVisible();
  });
});
