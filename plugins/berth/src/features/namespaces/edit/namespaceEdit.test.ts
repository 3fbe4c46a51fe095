import { aNamespace } from '../../../__testUtils__/namespaces';
import {
  changedFields,
  mergeValues,
  NamespaceValues,
  requestOf,
  valuesOf,
} from './namespaceEdit';

const values: NamespaceValues = {
  owner: 'group:default/a',
  system: '',
  purpose: 'The shop',
};

describe('an edit of a namespace', () => {
  it('begins with the current values', () => {
    const { owner, purpose } = values;
    expect(valuesOf(aNamespace('prod01', 'shop', { owner, purpose }))).toEqual(
      values,
    );
  });

  it.each([
    ['nothing', {}, {}],
    ['space around a purpose', { purpose: ' The shop ' }, {}],
    ['an owner', { owner: 'group:default/b' }, { owner: 'group:default/b' }],
    ['what goes', { owner: '', purpose: ' ' }, { owner: null, purpose: null }],
    [
      'what comes',
      { system: 'system:default/s', purpose: ' Till ' },
      { system: 'system:default/s', purpose: 'Till' },
    ],
  ])('sends only changes: %s', (_, changes, request) => {
    const after = { ...values, ...changes };
    expect(requestOf(values, after)).toEqual(request);
    expect(changedFields(values, after)).toEqual(Object.keys(request));
  });

  it('is applied on top of what another person saved', () => {
    const mine = { ...values, purpose: 'Till', system: 'system:default/mine' };
    const theirs = {
      owner: 'group:default/b',
      system: 'system:default/theirs',
      purpose: 'The shop',
    };
    expect(mergeValues(values, mine, theirs)).toEqual({
      owner: 'group:default/b',
      system: 'system:default/mine',
      purpose: 'Till',
    });
  });
});
