import { screen } from '@testing-library/react';
import { Entity } from '@backstage/catalog-model';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { EffectiveMembers } from './EffectiveMembers';
import { QueryProvider } from './query';

function anEntity(kind: 'Group' | 'User', name: string, parent: string) {
  const type = kind === 'Group' ? 'childOf' : 'memberOf';
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: {},
    relations: [{ type, targetRef: `group:default/${parent}` }],
  } satisfies Entity;
}

const NESTED = [
  anEntity('Group', 'payments', 'engineering'),
  anEntity('Group', 'ledger', 'payments'),
  anEntity('User', 'ada', 'engineering'),
  anEntity('User', 'noor', 'ledger'),
  anEntity('User', 'bob', 'team-b'),
];

async function renderMembers(groups: string[], entities: Entity[]) {
  await renderInTestApp(
    <TestApiProvider apis={[[catalogApiRef, catalogApiMock({ entities })]]}>
      <QueryProvider>
        <EffectiveMembers groups={groups} />
      </QueryProvider>
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
}

describe('the effective members of groups', () => {
  it('include the members of nested groups, and no others', async () => {
    await renderMembers(['group:default/engineering'], NESTED);
    expect(await screen.findByText(/People who get in/)).toHaveTextContent(
      'People who get in: ada, noor.',
    );
  });

  it('are counted if there are many', async () => {
    const many = [...'abcdefg'].map(name => anEntity('User', name, 'crowd'));
    await renderMembers(['group:default/crowd'], many);
    expect(await screen.findByText(/People who get in/)).toHaveTextContent(
      'People who get in: a, b, c, d, e and 2 more.',
    );
  });

  it('of an empty group are empty', async () => {
    await renderMembers(['group:default/empty'], NESTED);
    expect(await screen.findByText(/so nobody gets in/)).toBeVisible();
  });
});
