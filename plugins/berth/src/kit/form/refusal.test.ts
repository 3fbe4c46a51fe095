import { responseError } from '../../__testUtils__/responseError';
import { refusalOf } from './refusal';

const FIELDS = ['name', 'apiServer', 'caData', 'quota', 'expiresAt'];

describe('a refusal', () => {
  it('appears at the fields that it names', async () => {
    const error = await responseError(
      400,
      'apiServer "https://127.0.0.1" is refused: it is loopback; caData is empty: enter the PEM; also this',
    );
    expect(refusalOf(error, FIELDS)).toEqual({
      fields: {
        apiServer: 'apiServer "https://127.0.0.1" is refused: it is loopback',
        caData: 'caData is empty: enter the PEM; also this',
      },
    });
  });

  it('appears at the field that contains its path', async () => {
    const error = await responseError(
      400,
      'quota["hard"]["pods"] "x" must be a quantity; such as 5; expiresAt "1999" must be in the future',
    );
    expect(refusalOf(error, FIELDS)).toEqual({
      fields: {
        quota: 'quota["hard"]["pods"] "x" must be a quantity; such as 5',
        expiresAt: 'expiresAt "1999" must be in the future',
      },
    });
  });

  it('of a conflict appears at the field that it names', async () => {
    const error = await responseError(409, 'name "a" is taken: choose another');
    expect(refusalOf(error, FIELDS)).toEqual({
      fields: { name: 'name "a" is taken: choose another' },
    });
  });

  it.each([
    [400, 'the body must be a JSON object'],
    [403, 'name is not yours'],
    [409, 'The portal cannot check whether the cluster is the same: no answer'],
    [500, 'name broke'],
  ])('stays whole as a %d that is about no field', async (status, message) => {
    const error = await responseError(status, message);
    expect(refusalOf(error, FIELDS)).toEqual({ fields: {}, rest: error });
  });
});
