export { AdvancedFields } from './AdvancedFields';
export { DescriptionFields, WhereFields } from './WhereFields';
export { WorkloadFields } from './WorkloadFields';
