import { pageFrom } from '../../__testUtils__/pageFrom';
import { readPages } from './readPages';

describe('readPages', () => {
  const all = [...'abcdefg'];

  it.each([
    [100, all, 3],
    [7, all, 3],
    [6, [...'abcdef'], 2],
    [4, [...'abcd'], 2],
  ])('reads at most %i items', async (most, expected, calls) => {
    const load = jest.fn(async (page: { cursor?: string }) =>
      pageFrom(all, { limit: 3, ...page }),
    );
    expect(await readPages(most, load)).toEqual(expected);
    expect(load).toHaveBeenCalledTimes(calls);
  });

  it('asks once for an empty list', async () => {
    const load = jest.fn(async () => pageFrom<string>([], {}));
    expect(await readPages(10, load)).toEqual([]);
    expect(load).toHaveBeenCalledTimes(1);
  });
});
