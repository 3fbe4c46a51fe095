export { QuotaEditor } from './QuotaEditor';
export { DefaultFields } from './DefaultFields';
export { HardFields } from './HardFields';
export { SizeClassSelect } from './SizeClassSelect';
export { formOf, isValid, requestOf } from './quotaForm';
export type { QuotaForm } from './quotaForm';
