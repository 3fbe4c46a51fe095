export * from './portal';
export * from './terminal';
