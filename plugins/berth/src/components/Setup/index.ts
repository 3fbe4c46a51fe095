export * from './SetupHints';
