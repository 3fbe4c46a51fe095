export { AdvancedFields } from './AdvancedFields';
export { ApiServerField } from './ApiServerField';
export { CaField } from './CaField';
export { NameField } from './NameField';
export { TitleField } from './TitleField';
