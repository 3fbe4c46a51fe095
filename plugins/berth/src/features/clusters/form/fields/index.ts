export { AdvancedFields } from './AdvancedFields';
export { DescriptionFields } from './DescriptionFields';
export { WhereFields } from './WhereFields';
export { WorkloadFields } from './WorkloadFields';
