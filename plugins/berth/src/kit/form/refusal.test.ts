import { fieldsError, responseError } from '../../__testUtils__/responseError';
import { errorFromApi } from './refusal';

const FIELDS = ['name', 'apiServer', 'caData', 'quota', 'expiresAt'];

describe('a refusal', () => {
  it('appears at the fields that it names', async () => {
    const error = await fieldsError(
      400,
      ['apiServer "https://127.0.0.1" is refused: it is loopback', 'apiServer'],
      ['caData is empty: enter the PEM; also this', 'caData'],
    );
    expect(errorFromApi(error, FIELDS)).toEqual({
      fields: {
        apiServer: 'apiServer "https://127.0.0.1" is refused: it is loopback',
        caData: 'caData is empty: enter the PEM; also this',
      },
    });
  });

  it('appears at the field that contains its path', async () => {
    const error = await fieldsError(
      400,
      [
        'quota["hard"]["pods"] "x" must be a quantity; such as 5',
        'quota',
        'hard',
        'pods',
      ],
      ['expiresAt "1999" must be in the future', 'expiresAt'],
    );
    expect(errorFromApi(error, FIELDS)).toEqual({
      fields: {
        quota: 'quota["hard"]["pods"] "x" must be a quantity; such as 5',
        expiresAt: 'expiresAt "1999" must be in the future',
      },
    });
  });

  it('of a conflict appears at the field that it names', async () => {
    const error = await fieldsError(409, [
      'name "a" is taken: choose another',
      'name',
    ]);
    expect(errorFromApi(error, FIELDS)).toEqual({
      fields: { name: 'name "a" is taken: choose another' },
    });
  });

  it.each([
    [400, 'the body must be a JSON object'],
    [403, 'name is not yours'],
    [409, 'The portal cannot check whether the cluster is the same: no answer'],
    [500, 'name broke'],
  ])('stays whole as a %d that names no field', async (status, message) => {
    const error = await responseError(status, message);
    expect(errorFromApi(error, FIELDS)).toEqual({ fields: {}, rest: error });
  });

  it('stays whole as a 403, even with problems', async () => {
    const error = await fieldsError(403, ['name is not yours', 'name']);
    expect(errorFromApi(error, FIELDS)).toEqual({ fields: {}, rest: error });
  });

  it('keeps the whole error, too, if a problem has no field', async () => {
    const error = await fieldsError(
      400,
      ['name is missing', 'name'],
      ['other is not a field here', 'other'],
    );
    expect(errorFromApi(error, FIELDS)).toEqual({
      fields: { name: 'name is missing' },
      rest: error,
    });
  });
});
