export { Person } from './Person';
export { RefLink } from './RefLink';
export { RefList } from './RefList';
export { RequestStateLabel } from './RequestStateLabel';
export { VerdictWords } from './VerdictWords';
export { groupOfSpec, useRequestTitle } from './useRequestTitle';
