export * from './FakeBerthApi';
export { aDevice } from './FakeKubectl';
export * from './activity';
export * from './checks';
export * from './fixtures';
export * from './guides';
export * from './responseError';
export * from './plans';
export * from './renderBerth';
