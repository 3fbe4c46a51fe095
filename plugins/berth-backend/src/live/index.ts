export * from './LiveSignals';
