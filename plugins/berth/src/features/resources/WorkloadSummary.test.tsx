import { screen, within } from '@testing-library/react';
import { MEMBER } from '../../__testUtils__';
import { FakeBerthApi } from '../../__testUtils__/FakeBerthApi';
import { aCluster } from '../../__testUtils__/fixtures';
import { aGrant, aNamespace } from '../../__testUtils__/namespaces';
import { renderTenancy } from '../../__testUtils__/renderTenancy';
import { COLUMNS, linesOf } from '../../__testUtils__/resources';

const SLOW = { timeout: 30_000 };

jest.setTimeout(120_000);

it('counts what runs in a namespace, and names what does not work', async () => {
  const berth = new FakeBerthApi(MEMBER, [aCluster('prod01')], {
    namespaces: [aNamespace('prod01', 'shop', { grants: [aGrant('team-a')] })],
  });
  const forbidden = {
    cluster: 'prod01',
    cause: 'Forbidden' as const,
    message: 'No.',
  };
  berth.lists.set(
    'core/pods',
    linesOf([
      {
        cluster: 'prod01',
        columns: COLUMNS.pods,
        namespaces: {
          shop: [
            ['web-1', '1/1', 'Running', '0', '2d', '', ''],
            ['web-2', '0/1', 'CrashLoopBackOff', '9', '2d', '', ''],
            ['web-3', '1/2', 'Running', '0', '2d', '', ''],
          ],
        },
      },
    ]),
  );
  berth.lists.set('batch/jobs', linesOf([], [forbidden]));
  renderTenancy({
    as: MEMBER,
    path: '/berth/clusters/prod01/namespaces/shop',
    berth,
  });
  const problem = await screen.findByRole('link', { name: 'web-2' }, SLOW);
  expect(problem).toHaveAttribute(
    'href',
    '/berth/clusters/prod01/objects/core/pods/shop/web-2',
  );
  const problems = screen.getByRole('link', { name: '2 with a problem' });
  expect(problems).toHaveAttribute(
    'href',
    '/berth/resources/workloads?kind=core%2Fpods&status=%21&cluster=prod01&namespace=shop',
  );
  const pods = problems.closest('li')!;
  expect(pods).toHaveTextContent(
    /Pods32 with a problem\W*web-2: CrashLoopBackOff\W*web-3: Ready 1\/2/,
  );
  expect(within(pods).getAllByRole('listitem')).toHaveLength(2);
  expect(screen.getByText('Your role does not allow this.')).toBeVisible();
});
