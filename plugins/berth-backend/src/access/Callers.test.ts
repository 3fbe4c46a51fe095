import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { Request } from 'express';
import { personIn } from './__testUtils__/people';
import { Callers } from './Callers';

function requestBy(person?: string): Request {
  return {
    headers: person
      ? { authorization: mockCredentials.user.header(`user:default/${person}`) }
      : {},
  } as Request;
}

describe('Callers', () => {
  function setUp() {
    const httpAuth = mockServices.httpAuth();
    const credentials = jest.spyOn(httpAuth, 'credentials');
    const resolve = jest.fn(async () => personIn(['team-a']));
    const callers = new Callers({ httpAuth, people: { resolve } });
    return { callers, credentials, resolve };
  }

  it('identifies the caller of a request once for each request', async () => {
    const { callers, credentials, resolve } = setUp();
    const request = requestBy('alice');
    const [first, second, known] = await Promise.all([
      callers.of(request),
      callers.of(request),
      callers.credentials(request),
    ]);
    expect(second).toBe(first);
    expect(known).toBe(first.credentials);
    expect([credentials, resolve].map(({ mock }) => mock.calls.length)).toEqual(
      [1, 1],
    );
    await callers.of(requestBy('alice'));
    expect([credentials, resolve].map(({ mock }) => mock.calls.length)).toEqual(
      [2, 2],
    );
  });

  it('fails for the whole request after a failure', async () => {
    const { callers, resolve } = setUp();
    resolve.mockRejectedValueOnce(new ServiceUnavailableError('no catalog'));
    const request = requestBy('alice');
    await expect(callers.of(request)).rejects.toThrow('no catalog');
    await expect(callers.of(request)).rejects.toThrow('no catalog');
    expect(resolve).toHaveBeenCalledTimes(1);
  });

  it('refuses a request without a person', async () => {
    const { callers, resolve } = setUp();
    const none = mockCredentials.none.header();
    const request = { headers: { authorization: none } } as Request;
    await expect(callers.of(request)).rejects.toThrow();
    await expect(callers.credentials(request)).rejects.toThrow();
    expect(resolve).not.toHaveBeenCalled();
  });
});
