export * from './cells';
export * from './ClusterFilter';
export * from './ListSearch';
export * from './ListTable';
export * from './ListToolbar';
export * from './SteadyTable';
