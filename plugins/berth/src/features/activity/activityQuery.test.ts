import {
  filterOf,
  formatChoice,
  isFiltered,
  parseChoice,
} from './activityQuery';

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
      size: '50',
    };
    const written = (query: Record<string, string>) =>
      Object.fromEntries(formatChoice(parseChoice(new URLSearchParams(query))));
    expect(written(parameters)).toEqual(parameters);
    expect(written({})).toEqual({});
  });

  it('ignore invalid parameters of the address', () => {
    const choice = parseChoice(
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
    const choice = parseChoice(new URLSearchParams({ actor: typed }));
    expect(filterOf(choice, NOW)).toEqual({ actor });
  });

  it.each([
    ['', false],
    ['cursor=abc&size=50', false],
    ['outcome=Failed', true],
    ['namespace=shop', true],
  ])('of "%s" filter: %s', (address, filtered) => {
    const choice = parseChoice(new URLSearchParams(address));
    expect(isFiltered(choice)).toBe(filtered);
  });

  it('look back from now', () => {
    const choice = parseChoice(new URLSearchParams({ period: 'day' }));
    expect(filterOf(choice, NOW)).toEqual({
      since: '2026-11-20T12:00:00.000Z',
    });
  });
});
