export { ChartList } from './ChartList';
export { ChartPage } from './chart/ChartPage';
export { RepositoryList } from './RepositoryList';
