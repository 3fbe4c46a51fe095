export * from './AccessContext';
export * from './useAnswer';
export * from './useClusters';
export * from './useGroupTitles';
export * from './useNow';
export * from './usePageTitle';
export * from './useUrlQuery';
export * from './useNameCheck';
