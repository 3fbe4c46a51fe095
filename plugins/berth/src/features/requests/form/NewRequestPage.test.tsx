import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Link } from 'react-router-dom';
import { FakeBerthApi } from '../../../__testUtils__/FakeBerthApi';
import { MEMBER, aCluster, aShare } from '../../../__testUtils__/fixtures';
import { berthApiRef } from '../../../api';
import { AccessProvider } from '../../../kit/hooks';
import { QueryProvider } from '../../../kit/query';
import { rootRouteRef } from '../../../routes';
import { NewRequestPage } from './NewRequestPage';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

describe('the page of a new request', () => {
  it('starts again when the address changes, and only then', async () => {
    const clusters = ['prod01', 'prod02'].map(name =>
      aCluster(name, { shares: [aShare('team-a')] }),
    );
    renderInTestApp(
      <QueryProvider>
        <AccessProvider>
          <Link to="?cluster=prod01&namespace=shop">The same</Link>
          <Link to="?cluster=prod02&namespace=till">Another</Link>
          <NewRequestPage />
        </AccessProvider>
      </QueryProvider>,
      {
        initialRouteEntries: ['/?cluster=prod01&namespace=shop'],
        mountedRoutes: {
          '/berth': rootRouteRef,
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
        apis: [
          [berthApiRef, new FakeBerthApi(MEMBER, clusters)],
          [catalogApiRef, catalogApiMock()],
        ],
      },
    );
    const name = () => screen.findByRole('textbox', { name: /^Name/ }, SLOW);
    await userEvent.type(await name(), '2');
    await userEvent.click(screen.getByRole('link', { name: 'The same' }));
    expect(await name()).toHaveValue('shop2');

    const confirm = jest.spyOn(window, 'confirm').mockReturnValue(false);
    await userEvent.click(screen.getByRole('link', { name: 'Another' }));
    expect(await name()).toHaveValue('shop2');
    confirm.mockReturnValue(true);

    await userEvent.click(screen.getByRole('link', { name: 'Another' }));
    expect(await name()).toHaveValue('till');
    expect(screen.getByRole('button', { name: /Cluster/ })).toHaveTextContent(
      'prod02',
    );
    confirm.mockRestore();
  });
});
