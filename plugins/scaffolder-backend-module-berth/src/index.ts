/**
 * Software template actions that ask Berth for namespaces, quotas and roles, as the person who runs the
 * template.
 *
 * @packageDocumentation
 */

export { scaffolderModuleBerth as default } from './scaffolderModuleBerth';
