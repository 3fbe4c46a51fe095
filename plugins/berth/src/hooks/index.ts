export * from './AccessContext';
export * from './keepEqual';
export * from './LiveContext';
export * from './useNow';
export * from './usePolling';
export * from './useSizeClasses';
export * from './useUrlQuery';
export * from './useVisible';
