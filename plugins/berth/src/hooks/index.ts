export * from './AccessContext';
export * from './useNow';
export * from './usePolling';
export * from './useVisible';
