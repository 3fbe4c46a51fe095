import { choiceOf, filterOf, parametersOf } from './activityFilter';

const NOW = Date.UTC(2026, 10, 21, 12);

describe('activity filters', () => {
  it('survive the address', () => {
    const parameters = {
      actor: 'alice',
      group: 'group:default/team-a',
      cluster: 'prod01',
      namespace: 'shop',
      event: 'token-mint',
      outcome: 'Failed',
      period: 'day',
      cursor: 'abc',
    };
    expect(parametersOf(choiceOf(new URLSearchParams(parameters)))).toEqual(
      parameters,
    );
    expect(parametersOf(choiceOf(new URLSearchParams()))).toEqual({});
  });

  it('ignore invalid parameters of the address', () => {
    const choice = choiceOf(
      new URLSearchParams({ outcome: 'Good', period: 'eon' }),
    );
    expect(filterOf(choice, NOW)).toEqual({});
  });

  it.each([
    ['alice', 'user:default/alice'],
    [' Acme/Alice ', 'user:acme/alice'],
    ['user:default/bob', 'user:default/bob'],
    ['system:reconciler', 'system:reconciler'],
  ])('take %j for %s', (typed, actor) => {
    const choice = choiceOf(new URLSearchParams({ actor: typed }));
    expect(filterOf(choice, NOW)).toEqual({ actor });
  });

  it('look back from now', () => {
    const choice = choiceOf(new URLSearchParams({ period: 'day' }));
    expect(filterOf(choice, NOW)).toEqual({
      since: '2026-11-20T12:00:00.000Z',
    });
  });
});
