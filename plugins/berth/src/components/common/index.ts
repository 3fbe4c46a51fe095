export * from './Moment';
export * from './useText';
