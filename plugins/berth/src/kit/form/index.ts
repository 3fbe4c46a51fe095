export * from './fields';
export * from './frames';
export * from './refusal';
export * from './useEditForm';
export * from './useForm';
