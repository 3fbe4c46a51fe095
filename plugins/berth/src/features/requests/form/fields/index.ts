export { PlaceFields } from './PlaceFields';
export { QuotaFields } from './QuotaFields';
export * from './simpleFields';
