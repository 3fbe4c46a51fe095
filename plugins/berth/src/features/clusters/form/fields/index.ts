export { AdvancedFields } from './AdvancedFields';
export { ApiServerField } from './ApiServerField';
export { CaField } from './CaField';
export { ConnectionFields } from './ConnectionFields';
export { DescriptionFields } from './DescriptionFields';
export { NameField } from './NameField';
export { TitleField } from './TitleField';
export { WorkloadFields } from './WorkloadFields';
