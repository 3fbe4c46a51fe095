export * from './amounts';
export * from './problem';
export * from './groupName';
export * from './time';
