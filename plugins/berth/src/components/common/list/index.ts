export * from './cells';
export * from './ClusterFilter';
export * from './ListTable';
export * from './ListToolbar';
