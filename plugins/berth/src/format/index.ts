export * from './amounts';
export * from './problem';
export * from './time';
