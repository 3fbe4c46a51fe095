export { EndField } from './EndField';
export { GroupField } from './GroupField';
export { KindField } from './KindField';
export { PlaceFields } from './PlaceFields';
export { QuotaFields } from './QuotaFields';
export { RoleField } from './RoleField';
export { SystemField } from './SystemField';
