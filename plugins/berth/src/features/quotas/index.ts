export { ClusterQuotasView } from './ClusterQuotasView';
export { QuotasPage } from './QuotasPage';
