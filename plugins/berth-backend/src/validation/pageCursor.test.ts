import { PagePosition, PositionedPage } from '../model/paging';
import { pagingOf } from './pageCursor';

const PLACE: PagePosition = {
  direction: 'next',
  keys: ['group:default/ä', 'shop', '01H'],
  offset: 20,
};

function cursorOf(query: object, list = 'namespaces', next = PLACE): string {
  const page: PositionedPage<unknown> = { items: [], offset: 0, next };
  return pagingOf(list, query).present(page, []).next!;
}

describe('cursors', () => {
  it('hold a place of a list, for any size of the page', () => {
    const cursor = cursorOf({ search: 'a', order: 'asc', limit: 3 });
    expect(
      pagingOf('namespaces', {
        order: 'asc',
        search: 'a',
        group: undefined,
        limit: 100,
        cursor,
      }),
    ).toMatchObject({
      filter: { order: 'asc', search: 'a' },
      page: { limit: 100, position: PLACE },
    });
  });

  it.each<[string, string, object]>([
    ['another list', 'requests', { search: 'a' }],
    ['another filter', 'namespaces', { search: 'b' }],
    ['a further filter', 'namespaces', { search: 'a', mine: true }],
    ['another order', 'namespaces', { search: 'a', order: 'desc' }],
  ])('are refused by %s', (_, list, query) => {
    const cursor = cursorOf({ search: 'a' });
    expect(() => pagingOf(list, { ...query, cursor })).toThrow(
      expect.objectContaining({
        name: 'InputError',
        problems: [{ path: ['cursor'], message: expect.any(String) }],
      }),
    );
  });

  it('are not bound to filters that move with the time', () => {
    const page = { items: [], offset: 0, next: PLACE };
    const moving = ['since'];
    const { next } = pagingOf(
      'activity',
      { since: 1, limit: 5 },
      moving,
    ).present(page, []);
    expect(
      pagingOf('activity', { since: 2, cursor: next }, moving).page.position,
    ).toEqual(PLACE);
  });

  it.each([
    '',
    'nonsense',
    encode('{"0":"a"}'),
    encode(['a', 'next', 0, []]),
    encodeOwn(['aside', 0, []]),
    encodeOwn(['next', -1, []]),
    encodeOwn(['next', 1e9, []]),
    encodeOwn(['next', 0.5, []]),
    encodeOwn(['next', 0, [1]]),
    encodeOwn(['next', 0, ['\0']]),
    encodeOwn(['next', 0, ['1', '2', '3', '4', '5']]),
  ])('are refused if they are %j', cursor => {
    expect(() => pagingOf('namespaces', { cursor })).toThrow(
      'leave it out for the first page',
    );
  });

  it('give the number of all items only of a counted list', () => {
    const page = { items: [1], offset: 0 };
    const { present } = pagingOf('namespaces', {});
    expect(present(page, ['a'])).toEqual({ items: ['a'] });
    expect(present({ ...page, totalItems: 1 }, ['a'])).toEqual({
      items: ['a'],
      totalItems: 1,
      offset: 0,
    });
  });
});

function encode(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** Encodes a cursor that is bound to the list without a filter. */
function encodeOwn(content: unknown[]): string {
  const [list] = JSON.parse(Buffer.from(cursorOf({}), 'base64url').toString());
  return encode([list, ...content]);
}
