/**
 * Software template actions that request namespaces, quotas and roles from Berth, and install Helm charts, as the
 * person who runs the template.
 *
 * @packageDocumentation
 */

export { scaffolderModuleBerth as default } from './scaffolderModuleBerth';
