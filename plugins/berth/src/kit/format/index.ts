export * from './amounts';
export * from './assertTag';
export * from './groupName';
export * from './problem';
export * from './time';
