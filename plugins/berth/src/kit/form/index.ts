export * from './fields';
export * from './refusal';
export * from './useEditForm';
export * from './useForm';
