export { QuotaEditor } from './QuotaEditor';
