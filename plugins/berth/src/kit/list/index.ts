export * from './cells';
export * from './ClusterFilter';
export * from './ListSearch';
export * from './listQuery';
export * from './NameLink';
export * from './ResourceList';
export * from './ResourceTable';
export * from './VirtualTable';
