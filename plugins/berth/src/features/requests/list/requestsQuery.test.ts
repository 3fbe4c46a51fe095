import {
  formatListQuery,
  isFiltered,
  parseListQuery,
  requestOf,
} from './requestsQuery';

const parse = (text: string) => parseListQuery(new URLSearchParams(text));

describe('the query of the requests', () => {
  it.each([
    '',
    'section=inbox&state=open&kind=quota&cluster=prod01&cursor=abc&size=50',
    'section=all&state=Failed',
  ])('survives the address: %j', text => {
    expect(formatListQuery(parse(text)).toString()).toBe(text);
  });

  it('ignores invalid values', () => {
    expect(parse('section=theirs&state=Lost&kind=pony&size=7')).toEqual(
      parse(''),
    );
  });

  it('filters open requests by their states, and asks for one page', () => {
    expect(requestOf(parse('state=open&cursor=abc'))).toEqual({
      scope: 'mine',
      state: ['Submitted', 'AutoApproved', 'Approved', 'Provisioning'],
      limit: 20,
      cursor: 'abc',
    });
    expect(isFiltered(parse('section=inbox'))).toBe(false);
    expect(isFiltered(parse('state=open'))).toBe(true);
  });
});
