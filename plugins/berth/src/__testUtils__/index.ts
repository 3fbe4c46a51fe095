export * from './FakeBerthApi';
export * from './fixtures';
export * from './responseError';
export * from './renderBerth';
