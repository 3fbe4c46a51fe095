export { ApplyYamlButton } from './ApplyYamlButton';
export { ApplyYaml } from './ApplyYaml';
