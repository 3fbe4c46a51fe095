export * from './AccessContext';
export * from './LiveContext';
export * from './useNow';
export * from './usePolling';
export * from './useSizeClasses';
export * from './useVisible';
